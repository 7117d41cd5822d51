package io.codetag.benchmarks.programs;

import io.codetag.AllocTag;
import io.codetag.OverflowPolicy;
import io.codetag.allocator.LocalPages;
import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.jmh.Places;
import io.codetag.benchmarks.results.Row;
import io.codetag.core.Profiler;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Table g: one run that times each pair on its own, while another thread loads tags: either more than the flag word can
 * name, so that new references go elsewhere from then on, or as many, but with room for all of them.
 */
public final class Latency {
    static final String GROUP = "pair, while tags are loaded";

    private static final int SMALL_FIELD_BITS = 10;
    private static final int FIELD_BITS = 20;
    private static final int TAGS = 2_000;
    private static final int DIGITS = 3;

    private Latency() {}

    /**
     * Runs.
     *
     * @param args {@code switch} or {@code stay}, and how many milliseconds to run before and after
     */
    public static void main(String[] args) throws InterruptedException {
        final boolean switches = args[0].equals("switch");
        final long nanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[1]));
        final Profiler profiler = Profiler.builder()
                .storage("pageflags")
                .overflow(OverflowPolicy.SWITCH)
                .maxBits(switches ? SMALL_FIELD_BITS : FIELD_BITS)
                .build();
        final PageAllocator pages = PageAllocator.builder("pages", 1 << 16)
                .metadataOnly()
                .attachedBy(profiler::attach)
                .space(profiler.space())
                .build();
        final AllocTag tag = profiler.here();
        final Histogram histogram = new Histogram(TimeUnit.SECONDS.toNanos(10), DIGITS);
        try (LocalPages local = pages.local()) {
            time(local, tag, 2 * nanos, new Histogram(histogram)); // for the JIT
            final Thread loading = new Thread(() -> load(profiler, nanos), "loading");
            loading.start();
            time(local, tag, 2 * nanos, histogram);
            loading.join();
        }
        final boolean switched = pages.tagger().storage().limit() == 0;
        if (switched != switches) {
            throw new IllegalStateException("the store " + (switched ? "has" : "has not") + " switched");
        }
        final String name = switches ? "the store overflows and switches" : "there is room (control)";
        System.out.println(Row.of(GROUP, name, "99 %", "ns", (double) histogram.getValueAtPercentile(99))
                .line());
        System.out.println(Row.of(GROUP, name, "99.99 %", "ns", (double) histogram.getValueAtPercentile(99.99))
                .line());
        System.out.println(Row.of(GROUP, name, "worst", "ns", (double) histogram.getMaxValue())
                .line());
        profiler.close();
    }

    private static void time(LocalPages pages, AllocTag tag, long nanos, Histogram histogram) {
        final long end = System.nanoTime() + nanos;
        long before = System.nanoTime();
        while (before < end) {
            pages.free(pages.allocate(0, tag));
            final long after = System.nanoTime();
            histogram.recordValue(after - before);
            before = System.nanoTime();
        }
    }

    private static void load(Profiler profiler, long afterNanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(afterNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        profiler.load("late", Places.many(TAGS));
    }
}
