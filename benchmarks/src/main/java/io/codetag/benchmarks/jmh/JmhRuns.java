package io.codetag.benchmarks.jmh;

import io.codetag.benchmarks.results.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH and makes rows of its results. */
final class JmhRuns {
    static final String ERROR =
            "median of the iterations of all forks of JMH; in brackets the smallest and the largest";

    private JmhRuns() {}

    /** Begins options: two forks of five iterations. */
    static ChainedOptionsBuilder options(Class<?> benchmarks, boolean quick) {
        return new OptionsBuilder()
                .include(benchmarks.getName() + "\\.")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 1 : 3)
                .warmupTime(TimeValue.milliseconds(quick ? 300 : 1000))
                .measurementIterations(quick ? 1 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 300 : 1000));
    }

    /** Runs, and returns the results of all benchmarks, each with those of its profilers. */
    static List<Row> run(ChainedOptionsBuilder options, String group, Function<BenchmarkParams, String> name) {
        final List<Row> rows = new ArrayList<>();
        try {
            final Collection<RunResult> results = new Runner(options.build()).run();
            for (RunResult result : results) {
                final String rowName = name.apply(result.getParams());
                rows.add(row(group, rowName, "time", result.getPrimaryResult()));
                result.getSecondaryResults().forEach((label, secondary) -> {
                    if (label.endsWith("gc.alloc.rate.norm")) {
                        rows.add(row(group, rowName, "allocated", secondary));
                    }
                });
            }
        } catch (RunnerException e) {
            throw new IllegalStateException(group + " failed", e);
        }
        return rows;
    }

    /** Returns what a benchmark is called: its method, and its parameters. */
    static String label(BenchmarkParams params) {
        final StringBuilder label = new StringBuilder(
                params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1));
        for (String key : params.getParamsKeys()) {
            label.append(", ").append(params.getParam(key)).append(' ').append(key);
        }
        return label.toString();
    }

    private static Row row(String group, String name, String metric, Result<?> result) {
        final var statistics = result.getStatistics();
        return new Row(
                group,
                name,
                metric,
                result.getScoreUnit().replace("/op", ""),
                statistics.getPercentile(50),
                statistics.getMin(),
                statistics.getMax());
    }
}
