package io.codetag.benchmarks.programs;

import io.codetag.benchmarks.results.Forks;
import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.util.ArrayList;
import java.util.List;

/** Tables e and g, and the pause of the switch. */
public final class ProgramTables {
    private static final String SMALLEST_AND_LARGEST = "; in brackets the smallest and the largest";
    private static final int RUNS = 24;
    private static final int TOGGLE_LAUNCHES = 3;

    private ProgramTables() {}

    /** Returns the tables. */
    public static List<Table> all() {
        return List.of(
                new Table("e-memory", "Memory per page, tag and stripe", 2, "one run; nothing is sampled", quick -> {
                    final int log2Pages = quick ? 21 : 25;
                    return Forks.rows(Memory.class, List.of("-Xmx2g"), Integer.toString(log2Pages));
                }),
                new Table(
                        "g-latency",
                        "Latency of a pair while a store overflows and switches",
                        5,
                        "median of " + RUNS + " launches" + SMALLEST_AND_LARGEST,
                        ProgramTables::latency),
                new Table(
                        "census",
                        "Reading a census of 64 Mi pages",
                        5,
                        "median of 20 reads of one launch" + SMALLEST_AND_LARGEST,
                        ProgramTables::census),
                new Table(
                        "toggle",
                        "The pause of switching on and off",
                        2,
                        "median of the medians of " + TOGGLE_LAUNCHES + " launches of 20 toggles each"
                                + SMALLEST_AND_LARGEST + " of all toggles",
                        ProgramTables::toggle));
    }

    /** Runs with and without a switch in turn. */
    private static List<Row> latency(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (int run = 0; run < (quick ? 1 : RUNS); run++) {
            for (String what : List.of("stay", "switch")) {
                rows.addAll(Forks.rows(Latency.class, List.of("-Xmx512m"), what, quick ? "200" : "1000"));
            }
        }
        return Row.join(rows);
    }

    private static List<Row> census(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (String storage : List.of("pageflags", "pageext")) {
            for (int cpus : List.of(1, Runtime.getRuntime().availableProcessors())) {
                rows.addAll(Forks.rows(
                        CensusScan.class,
                        List.of("-Xmx3g", "-XX:ActiveProcessorCount=" + cpus),
                        quick ? "20" : "26",
                        storage));
            }
        }
        return rows;
    }

    private static List<Row> toggle(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (int launch = 0; launch < (quick ? 1 : TOGGLE_LAUNCHES); launch++) {
            rows.addAll(Forks.rows(Toggle.class, List.of("-Xmx512m"), quick ? "4" : "20", quick ? "100" : "1000"));
        }
        return Row.join(rows);
    }
}
