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
                            Workload.PAIR_LOOKED_UP,
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
                                    Workload.PAIR_LOOKED_UP,
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
        return PairedTable.measure(plans, launches(quick));
    }

    /** Measures one thread and two, one after the other in each launch, and says how much more two do. */
    private static List<Row> threads(boolean quick, Workload... workloads) {
        final List<Row> joined = new ArrayList<>();
        for (Workload workload : workloads) {
            final PairedPlan one = PairedPlan.of(workload, HOT_PAGES, 1, Variant.ofAllocator(), quick);
            final PairedPlan two = PairedPlan.of(workload, HOT_PAGES, 2, Variant.ofAllocator(), quick);
            final List<Row> rows = new ArrayList<>();
            for (int launch = 1; launch <= launches(quick); launch++) {
                final List<Row> ofOne = PairedTable.launch(one, launch, launches(quick));
                final List<Row> ofTwo = PairedTable.launch(two, launch, launches(quick));
                rows.addAll(ofOne);
                rows.addAll(ofTwo);
                rows.addAll(scaling(ofOne, ofTwo));
            }
            joined.addAll(Row.join(rows));
        }
        return joined;
    }

    private static int launches(boolean quick) {
        return quick ? 1 : LAUNCHES;
    }

    /** Returns how much more two threads do than one: by the shortest times, and by the medians. */
    static List<Row> scaling(List<Row> one, List<Row> two) {
        final String group = two.get(0).group();
        final List<Row> rows = new ArrayList<>();
        for (Row row : one) {
            final boolean shortest = row.metric().equals("shortest");
            if (shortest || row.metric().equals("median")) {
                final Row other = Row.find(two, group, row.name(), row.metric(), row.unit())
                        .orElseThrow();
                rows.add(Row.of(
                        group,
                        row.name(),
                        shortest ? "work of 2 threads to that of 1" : "the same by medians",
                        "times",
                        2 * row.value() / other.value()));
            }
        }
        return rows;
    }
}
