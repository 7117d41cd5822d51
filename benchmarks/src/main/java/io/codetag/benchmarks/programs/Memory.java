package io.codetag.benchmarks.programs;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.allocator.LocalPages;
import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.jmh.Places;
import io.codetag.benchmarks.results.Row;
import io.codetag.core.Profiler;
import io.codetag.spi.TagStripe;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jol.info.ClassLayout;

/** Table e: what is taken for each page, each tag and each stripe. */
public final class Memory {
    private static final int TAGS = 100_000;
    private static final int FEW_TAGS = 5_000;
    private static final int AS_MANY_AS_A_SLOT = 65_000;
    private static final int MORE_THAN_A_SLOT = 70_000;
    private static final double MEBIBYTE = 1 << 20;

    /** What Linux takes with page_ext: a reference of 8 bytes for each page. */
    private static final long LINUX_BYTES_PER_PAGE = 8;

    private static final List<Row> ROWS = new ArrayList<>();

    private Memory() {}

    /**
     * Runs.
     *
     * @param args log2 of the pages of the largest allocator
     */
    public static void main(String[] args) {
        final long pages = 1L << Integer.parseInt(args[0]);
        perPage();
        perTag();
        perStripe();
        large(pages);
        ROWS.forEach(row -> System.out.println(row.line()));
        System.out.flush();
        Runtime.getRuntime().halt(0); // a million live pages would be credited first
    }

    private static void perPage() {
        final int pages = 1 << 20;
        add("per touched page", "page flags", "own figure", "bytes", (double) stored("pageflags", pages, 1) / pages);
        add("per touched page", "page_ext, tag 1", "own figure", "bytes", (double) stored("pageext", pages, 1) / pages);
        add(
                "per touched page",
                "page_ext, tag 65 000",
                "own figure",
                "bytes",
                (double) stored("pageext", pages, AS_MANY_AS_A_SLOT) / pages);
        add(
                "per touched page",
                "page_ext, tag 70 000",
                "own figure",
                "bytes",
                (double) stored("pageext", pages, MORE_THAN_A_SLOT) / pages);
    }

    /** Allocates all pages with the last one of some tags, and returns the bytes of the store. */
    private static long stored(String storage, long pages, int tags) {
        try (Profiler profiler = Profiler.builder().storage(storage).build();
                PageAllocator allocator = allocator(profiler, pages)) {
            final List<AllocTag> loaded =
                    profiler.load("pages", Places.many(tags)).tags();
            fill(allocator, loaded.get(tags - 1), pages);
            return allocator.tagger().storage().bytesOccupied();
        }
    }

    private static void perTag() {
        final List<CodeTag> places = Places.many(TAGS);
        final List<AllocTag> tags;
        try (Profiler profiler = Profiler.builder().build()) {
            final long own = profiler.totals().ownBytes();
            final long heap = usedHeap();
            tags = profiler.load("tags", places).tags();
            add(
                    "per tag",
                    "registered",
                    "own figure",
                    "bytes",
                    (double) (profiler.totals().ownBytes() - own) / TAGS);
            add("per tag", "registered", "heap", "bytes", (double) (usedHeap() - heap) / TAGS);
            tags.forEach(tag -> tag.charge(1));
            add(
                    "per tag",
                    "counted",
                    "own figure",
                    "bytes",
                    (double) (profiler.totals().ownBytes() - own) / TAGS);
            add("per tag", "counted", "heap", "bytes", (double) (usedHeap() - heap) / TAGS);
        }
        add("per tag", "the handle", "JOL", "bytes", (double)
                ClassLayout.parseInstance(tags.get(0)).instanceSize());
    }

    private static void perStripe() {
        try (Profiler profiler = Profiler.builder().build();
                PageAllocator allocator = allocator(profiler, 1 << 16)) {
            final TagStripe stripe = allocator.tagger().lease();
            add("per stripe", "the object", "JOL", "bytes", (double)
                    ClassLayout.parseInstance(stripe).instanceSize());
            add("per stripe", "empty", "own figure", "bytes", (double) stripe.bytesOccupied());
            for (AllocTag tag : profiler.load("tags", Places.many(FEW_TAGS)).tags()) {
                stripe.prepare(0, tag.code());
                stripe.take(0, tag.code(), 1);
                stripe.give(0, tag.code(), 1);
            }
            add("per stripe", "5 000 tags of one order", "own figure", "bytes", (double) stripe.bytesOccupied());
            allocator.tagger().release(stripe);
        }
    }

    private static void large(long pages) {
        final String group = String.format("%,d GiB of 4 KiB pages, all touched", (pages * 4096) >> 30);
        add(group, "page flags", "own figure", "MiB", stored("pageflags", pages, 1) / MEBIBYTE);
        add(group, "page_ext", "own figure", "MiB", stored("pageext", pages, 1) / MEBIBYTE);
        add(group, "Linux, page_ext", "8 bytes a page", "MiB", LINUX_BYTES_PER_PAGE * pages / MEBIBYTE);
    }

    private static PageAllocator allocator(Profiler profiler, long pages) {
        return PageAllocator.builder("pages", pages)
                .metadataOnly()
                .attachedBy(profiler::attach)
                .space(profiler.space())
                .build();
    }

    private static void fill(PageAllocator allocator, AllocTag tag, long pages) {
        try (LocalPages local = allocator.local()) {
            for (long done = 0; done < pages; done += 1 << 10) {
                final long block = local.allocate(10, tag);
                allocator.split(block, 0);
            }
        }
    }

    /** Returns the bytes of live objects on the heap. */
    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            final Runtime runtime = Runtime.getRuntime();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static void add(String group, String name, String metric, String unit, double value) {
        ROWS.add(Row.of(group, name, metric, unit, value));
    }
}
