package io.codetag.benchmarks.programs;

import io.codetag.AllocTag;
import io.codetag.allocator.LocalPages;
import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.jmh.Places;
import io.codetag.benchmarks.results.Row;
import io.codetag.core.Profiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a census: all pages are live, each a block with one of 100 tags, and the references are counted. */
public final class CensusScan {
    private static final int TAGS = 100;
    private static final int READS = 20;
    private static final int WARM_UP_READS = 10;

    private CensusScan() {}

    /**
     * Runs.
     *
     * @param args log2 of the pages, and the storage
     */
    public static void main(String[] args) {
        final int log2Pages = Integer.parseInt(args[0]);
        final Profiler profiler =
                Profiler.builder().accounting("census").storage(args[1]).build();
        final PageAllocator pages = PageAllocator.builder("pages", (1L << log2Pages) + (1 << 14))
                .metadataOnly()
                .attachedBy(profiler::attach)
                .space(profiler.space())
                .build();
        fill(pages, profiler.load("pages", Places.many(TAGS)).tags(), 1L << log2Pages);
        final String group = "a census is read, on " + Runtime.getRuntime().availableProcessors() + " CPUs";
        final String name = String.format(Locale.ROOT, "2^%d pages, %s", log2Pages, args[1]);
        final List<Row> rows = new ArrayList<>();
        for (int read = -WARM_UP_READS; read < READS; read++) {
            final long begin = System.nanoTime();
            final long calls = profiler.snapshot().total().calls();
            final long nanos = System.nanoTime() - begin;
            if (calls != 1L << log2Pages) {
                throw new IllegalStateException("counted " + calls + " blocks");
            }
            if (read >= 0) {
                rows.add(Row.of(group, name, "time", "ms", nanos / 1e6));
            }
        }
        Row.join(rows).forEach(row -> System.out.println(row.line()));
        System.out.flush();
        Runtime.getRuntime().halt(0); // all of them would be credited first
    }

    private static void fill(PageAllocator pages, List<AllocTag> tags, long count) {
        try (LocalPages local = pages.local()) {
            for (long page = 0; page < count; page++) {
                local.allocate(0, tags.get((int) (page % TAGS)));
            }
        }
    }
}
