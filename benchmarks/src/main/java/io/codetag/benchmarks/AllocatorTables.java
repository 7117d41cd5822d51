package io.codetag.benchmarks;

import io.codetag.benchmarks.paired.PairedPlan;
import io.codetag.benchmarks.paired.PairedTable;
import io.codetag.benchmarks.paired.Variant;
import io.codetag.benchmarks.paired.Workload;
import io.codetag.benchmarks.results.Row;
import java.util.Arrays;
import java.util.List;

/** Table a: what the allocator's pairs cost in each variant. */
final class AllocatorTables {
    static final String ERROR = "median of the medians of 5 launches; in brackets the smallest and the largest of them,"
            + " which contain the median of all launches with a probability of 94 %";

    private static final int LAUNCHES = 5;
    private static final long HOT_PAGES = 1 << 16;

    private AllocatorTables() {}

    static Table hot() {
        return new Table("a-hot", "The allocator, one thread, everything in the caches", 6, ERROR, quick -> {
            return measure(
                    quick,
                    HOT_PAGES,
                    1,
                    Workload.PAIR_IN_HAND,
                    Workload.PAIR_THREAD_LOCAL,
                    Workload.BATCH_64,
                    Workload.MIXED_ORDERS);
        });
    }

    private static List<Row> measure(boolean quick, long pages, int threads, Workload... workloads) {
        final List<PairedPlan> plans = Arrays.stream(workloads)
                .map(workload -> new PairedPlan(
                        workload, pages, threads, Variant.all(), quick ? 1_000 : 5_000, quick ? 500 : 10_000))
                .toList();
        return PairedTable.measure(plans, quick ? 1 : LAUNCHES);
    }
}
