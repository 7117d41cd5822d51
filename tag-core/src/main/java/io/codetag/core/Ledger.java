package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.spi.TagStripes;

/**
 * A way of accounting: what is live of each tag. One ledger for each allocator's pages, one for what is charged.
 *
 * <p>A reader takes off what was given back, of all ledgers it sums, before it adds what was taken of any: then it never
 * sees less than what is live, and a zero is a true zero.
 */
interface Ledger {
    /** Returns where recording threads count. */
    TagStripes stripes();

    /** Takes off what was given back, by code. */
    void subtractGiven(long[] bytes, long[] calls);

    /** Adds what was taken, by code. */
    void addTaken(long[] bytes, long[] calls);

    /** Returns what was given back of one tag. */
    AllocCounts given(int code);

    /** Returns what was taken of one tag. */
    AllocCounts taken(int code);

    /** Returns the memory of the ledger itself, in bytes. */
    long bytesOccupied();
}
