package io.codetag.benchmarks;

import io.codetag.benchmarks.paired.PairedPlan;
import io.codetag.benchmarks.paired.PairedTable;
import io.codetag.benchmarks.paired.Variant;
import io.codetag.benchmarks.paired.Workload;
import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Table a: what the allocator's pairs cost in each variant. */
final class AllocatorTables {
    static final String ERROR = "median of the medians of 5 launches; in brackets the smallest and the largest of them,"
            + " between which the median of all launches lies with a probability of 94 %";
    static final int LAUNCHES = 5;
    static final long HOT_PAGES = 1 << 16;

    private static final long COLD_PAGES = 1 << 26;
    private static final long QUICK_COLD_PAGES = 1 << 20;

    private AllocatorTables() {}

    static List<Table> all() {
        return List.of(
                new Table("a-hot", "The allocator, one thread, everything in the caches", 10, ERROR, quick -> {
                    return measure(
                            quick,
                            HOT_PAGES,
                            1,
                            Workload.PAIR_IN_HAND,
                            Workload.PAIR_THREAD_LOCAL,
                            Workload.BATCH_64,
                            Workload.MIXED_ORDERS);
                }),
                new Table(
                        "a-threads",
                        "The allocator, one thread and two, everything in the caches",
                        20,
                        ERROR,
                        quick -> {
                            return threads(
                                    quick,
                                    Workload.PAIR_IN_HAND,
                                    Workload.PAIR_THREAD_LOCAL,
                                    Workload.BATCH_64,
                                    Workload.MIXED_ORDERS);
                        }),
                new Table("a-cold", "The allocator, one thread, metadata of 64 Mi pages", 20, ERROR, quick -> {
                    return cold(quick, 1);
                }),
                new Table("a-cold-threads", "The allocator, two threads, metadata of 64 Mi pages", 20, ERROR, quick -> {
                    return cold(quick, 2);
                }));
    }

    private static List<Row> cold(boolean quick, int threads) {
        return measure(
                quick,
                quick ? QUICK_COLD_PAGES : COLD_PAGES,
                threads,
                Workload.RANDOM_PAIR,
                Workload.RANDOM_BATCH_64,
                Workload.RANDOM_MIXED);
    }

    private static List<Row> measure(boolean quick, long pages, int threads, Workload... workloads) {
        final List<PairedPlan> plans = Arrays.stream(workloads)
                .map(workload -> PairedPlan.of(workload, pages, threads, Variant.ofAllocator(), quick))
                .toList();
        return PairedTable.measure(plans, quick ? 1 : LAUNCHES);
    }

    /** Measures one thread and two, and says how much more two do. */
    private static List<Row> threads(boolean quick, Workload... workloads) {
        final List<Row> rows = new ArrayList<>();
        for (Workload workload : workloads) {
            final List<Row> one = measure(quick, HOT_PAGES, 1, workload);
            final List<Row> two = measure(quick, HOT_PAGES, 2, workload);
            rows.addAll(two);
            for (Row row : one) {
                if (row.metric().equals("shortest")) {
                    final Row other = Row.find(two, two.get(0).group(), row.name(), "shortest", "ns")
                            .orElseThrow();
                    rows.add(Row.of(
                            other.group(),
                            row.name(),
                            "work of 2 threads to that of 1",
                            "times",
                            2 * row.low() / other.low()));
                }
            }
        }
        return rows;
    }
}
