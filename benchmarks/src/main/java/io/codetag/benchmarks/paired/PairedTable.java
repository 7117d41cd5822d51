package io.codetag.benchmarks.paired;

import io.codetag.benchmarks.results.Forks;
import io.codetag.benchmarks.results.Row;
import java.util.ArrayList;
import java.util.List;

/** Launches the paired harness several times for each plan, and joins what the launches measured. */
public final class PairedTable {
    private PairedTable() {}

    /**
     * Measures.
     *
     * @param plans what to measure
     * @param launches how many JVMs for each
     * @return medians over the launches, with the smallest and the largest
     */
    public static List<Row> measure(List<PairedPlan> plans, int launches) {
        final List<Row> joined = new ArrayList<>();
        for (PairedPlan plan : plans) {
            final List<Row> rows = new ArrayList<>();
            for (int launch = 1; launch <= launches; launch++) {
                rows.addAll(launch(plan, launch, launches));
            }
            joined.addAll(Row.join(rows));
        }
        return joined;
    }

    /**
     * Launches the paired harness once.
     *
     * @param plan what to measure
     * @param launch which launch it is, from 1 on
     * @param launches of how many
     * @return its figures
     */
    public static List<Row> launch(PairedPlan plan, int launch, int launches) {
        System.err.printf("%s: launch %d of %d%n", plan.group(), launch, launches);
        return Forks.rows(
                PairedLaunch.class,
                List.of("-Xms" + plan.heapMebibytes() + "m", "-Xmx" + plan.heapMebibytes() + "m"),
                plan.format(),
                Integer.toString(launch));
    }
}
