package io.codetag.benchmarks;

import io.codetag.benchmarks.paired.PairedPlan;
import io.codetag.benchmarks.paired.PairedTable;
import io.codetag.benchmarks.paired.Variant;
import io.codetag.benchmarks.paired.Workload;
import io.codetag.benchmarks.results.Machine;
import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.util.ArrayList;
import java.util.List;

/** Table f: what becomes of the costs when there are more pages, or more tags. */
final class GrowthTable {
    private static final String ERROR =
            "median of the medians of 3 launches; in brackets the smallest and the largest of"
                    + " them, between which the median of all launches lies with a probability of 75 %";
    private static final int LAUNCHES = 3;

    private static final List<Variant> VARIANTS =
            List.of(Variant.WITHOUT, Variant.CONTROL, Variant.CENSUS, Variant.COUNTERS, Variant.PAGE_EXT);
    private static final List<Integer> LOG2_PAGES = List.of(16, 20, 22, 24, 26, 28);
    private static final int QUICK_LOG2_PAGES = 20;
    private static final int LARGEST_LOG2_PAGES = 30;
    private static final List<Integer> TAGS = List.of(100, 1_000, 10_000, 100_000);

    private GrowthTable() {}

    static List<Table> all() {
        return List.of(
                new Table("f-pages", "2^16 to 2^28 pages, a random one freed and one allocated", 20, ERROR, quick -> {
                    return PairedTable.measure(pages(quick), quick ? 1 : LAUNCHES);
                }),
                new Table("f-largest", "2^30 pages, as f-pages; needs 20 GiB of free memory", 15, ERROR, quick -> {
                    return largest(quick);
                }),
                new Table("f-tags", "100 to 100 000 tags, used at random", 10, ERROR, quick -> {
                    return PairedTable.measure(tags(quick), quick ? 1 : LAUNCHES);
                }));
    }

    private static List<PairedPlan> pages(boolean quick) {
        return LOG2_PAGES.stream()
                .filter(log2 -> !quick || log2 <= QUICK_LOG2_PAGES)
                .map(log2 -> PairedPlan.of(Workload.RANDOM_PAIR, 1L << log2, 1, VARIANTS, quick))
                .toList();
    }

    /** There is not room for all of them in one JVM: each is measured beside the baseline alone. */
    private static List<Row> largest(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (Variant variant : List.of(Variant.CONTROL, Variant.CENSUS, Variant.PAGE_EXT)) {
            final PairedPlan plan = PairedPlan.of(
                    Workload.RANDOM_PAIR,
                    1L << (quick ? QUICK_LOG2_PAGES : LARGEST_LOG2_PAGES),
                    1,
                    List.of(Variant.WITHOUT, variant),
                    quick);
            if (plan.heapMebibytes() > Machine.availableMebibytes()) {
                throw new IllegalStateException("needs " + plan.heapMebibytes() + " MiB of free memory, but there are "
                        + Machine.availableMebibytes());
            }
            PairedTable.measure(List.of(plan), quick ? 1 : LAUNCHES)
                    .forEach(row -> rows.add(row.ofGroup(row.group() + ", beside " + variant.name())));
        }
        return rows;
    }

    private static List<PairedPlan> tags(boolean quick) {
        final List<PairedPlan> plans = new ArrayList<>();
        for (int tags : TAGS) {
            final PairedPlan plan =
                    PairedPlan.of(Workload.PAIR_OF_MANY_TAGS, AllocatorTables.HOT_PAGES, 1, VARIANTS, quick);
            plans.add(plan.withTags(tags));
        }
        return plans;
    }
}
