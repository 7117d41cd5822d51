package io.codetag.benchmarks.paired;

import java.util.Locale;

/** What is done with the pages. A pair is one allocation and one free. */
public enum Workload {
    /** A block of one page is allocated and freed at once, through a handle that the thread keeps. */
    PAIR_IN_HAND,
    /** The same, through the allocator, which looks for the thread's cache. */
    PAIR_LOOKED_UP,
    /** 64 pages are allocated, then freed in random order. */
    BATCH_64,
    /** Blocks of 1 to 16 pages; 64 are live, and a random one is replaced. */
    MIXED_ORDERS,
    /** All pages are live; a random one is freed, and one allocated. */
    RANDOM_PAIR,
    /** All pages are live; 64 random ones are freed, and 64 allocated. */
    RANDOM_BATCH_64,
    /** All pages are live, in blocks of 1 to 16 pages; a random one is freed, and one of its order allocated. */
    RANDOM_MIXED,
    /** A page is allocated with one of many tags and freed at once, through a handle. */
    PAIR_OF_MANY_TAGS,
    /** A buffer of 4 096 bytes is allocated and released at once; of the allocator, a page, through the allocator. */
    BUFFER_PAIR;

    /** Says whether the allocator is filled first, so that metadata of all its pages is in use. */
    public boolean fillsPages() {
        return this == RANDOM_PAIR || this == RANDOM_BATCH_64 || this == RANDOM_MIXED;
    }

    /** Returns the name that commands and result files use. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a workload.
     *
     * @param label its name
     * @return the workload
     */
    public static Workload of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
