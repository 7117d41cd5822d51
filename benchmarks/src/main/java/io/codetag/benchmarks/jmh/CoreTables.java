package io.codetag.benchmarks.jmh;

import io.codetag.benchmarks.programs.Registration;
import io.codetag.benchmarks.results.Forks;
import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;

/** Table d: counters, registration, reading; and that nothing is allocated. */
public final class CoreTables {
    private static final int LAUNCHES = 5;

    private CoreTables() {}

    /** Returns the tables. */
    public static List<Table> all() {
        return List.of(
                new Table("d-counters", "Counting from 1 to 64 threads", 12, JmhRuns.ERROR, CoreTables::counters),
                new Table(
                        "d-reading",
                        "Reading and writing 5 000 to 200 000 tags",
                        5,
                        JmhRuns.ERROR,
                        CoreTables::reading),
                new Table(
                        "d-registration",
                        "Registering 100 000 tags",
                        2,
                        "median of " + LAUNCHES + " launches; in brackets the smallest and the largest",
                        CoreTables::registration),
                new Table("d-garbage", "Objects allocated per operation", 2, JmhRuns.ERROR, CoreTables::garbage));
    }

    private static List<Row> counters(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (int threads = 1; threads <= (quick ? 2 : 64); threads *= 2) {
            rows.addAll(JmhRuns.run(
                    JmhRuns.options(Counting.class, quick)
                            .threads(threads)
                            .forks(1)
                            .warmupIterations(quick ? 1 : 2),
                    "counting, " + threads + (threads == 1 ? " thread" : " threads"),
                    JmhRuns::label));
        }
        return rows;
    }

    private static List<Row> reading(boolean quick) {
        return JmhRuns.run(JmhRuns.options(Reading.class, quick).forks(1), "reading", JmhRuns::label);
    }

    private static List<Row> garbage(boolean quick) {
        return JmhRuns.run(
                JmhRuns.options(Garbage.class, quick).forks(1).addProfiler(GCProfiler.class),
                "garbage",
                JmhRuns::label);
    }

    private static List<Row> registration(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (int launch = 0; launch < (quick ? 1 : LAUNCHES); launch++) {
            rows.addAll(Forks.rows(Registration.class, List.of()));
        }
        return Row.join(rows);
    }
}
