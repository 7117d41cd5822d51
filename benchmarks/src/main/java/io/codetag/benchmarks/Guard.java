package io.codetag.benchmarks;

import io.codetag.benchmarks.paired.PairedPlan;
import io.codetag.benchmarks.paired.PairedTable;
import io.codetag.benchmarks.paired.Variant;
import io.codetag.benchmarks.paired.Workload;
import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A short look at whether something became slower: ratios to the baseline of the same run, beside those recorded last. */
final class Guard {
    private static final List<Variant> VARIANTS = List.of(
            Variant.WITHOUT,
            Variant.CONTROL,
            Variant.COLD,
            Variant.DRAINING,
            Variant.CENSUS,
            Variant.COUNTERS,
            Variant.SHARED_WORD,
            Variant.PAGE_EXT);
    private static final int LAUNCHES = 3;
    private static final long RANDOM_PAGES = 1 << 22;
    private static final String ERROR =
            "median of the medians of " + LAUNCHES + " launches; in brackets the smallest and the largest";

    private Guard() {}

    static Table table() {
        return new Table("guard", "Ratios to the baseline, in short", 4, ERROR, quick -> {
            final List<PairedPlan> plans = new ArrayList<>();
            for (Workload workload :
                    List.of(Workload.PAIR_IN_HAND, Workload.PAIR_LOOKED_UP, Workload.BATCH_64, Workload.RANDOM_PAIR)) {
                final long pages = workload.fillsPages() ? RANDOM_PAGES : AllocatorTables.HOT_PAGES;
                plans.add(PairedPlan.of(workload, pages, 1, VARIANTS, quick).lasting(quick ? 1_000 : 3_000));
            }
            return PairedTable.measure(plans, quick ? 1 : LAUNCHES);
        });
    }

    /** Prints the ratios of this run beside those of a result file, if there is one. */
    static void compare(List<Row> rows, Path file) {
        final List<Row> before = Files.exists(file) ? ResultFile.read(file).rows() : List.of();
        for (Row row : rows) {
            if (row.metric().equals("added") && row.unit().equals("%")) {
                final String recorded = Row.find(before, row.group(), row.name(), row.metric(), row.unit())
                        .map(old -> change(row, old))
                        .orElse("");
                System.out.printf("%-24s %-40s %s%s%n", row.group(), row.name(), percent("now", row), recorded);
            }
        }
        System.out.println(before.isEmpty() ? "nothing was recorded before" : "recorded: " + file);
    }

    /** Says what was recorded, and whether the intervals lie apart. */
    static String change(Row now, Row before) {
        final String word = now.low() > before.high() ? "  SLOWER" : now.high() < before.low() ? "  faster" : "";
        return percent("  recorded", before) + word;
    }

    private static String percent(String when, Row row) {
        return String.format(Locale.ROOT, "%s %+.1f %% [%.1f, %.1f]", when, row.value(), row.low(), row.high());
    }
}
