package io.codetag.benchmarks.jmh;

import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Table b: what people use instead, each against the same without tracking, in the same run. */
public final class PeerTable {
    private static final String BUFFERS = "4 096 bytes allocated and released";
    private static final String NATIVE = "256 bytes of the C library allocated and freed";
    private static final String CACHES = "-Dio.netty.allocator.useCacheForAllThreads=true";
    private static final String OPENED = "--add-opens=java.base/java.nio=ALL-UNNAMED"; // Arrow does not start without

    private PeerTable() {}

    /** Returns the table. */
    public static List<Table> all() {
        return List.of(new Table("b-peers", "What people use instead", 15, JmhRuns.ERROR, quick -> {
            final List<Row> rows = new ArrayList<>();
            rows.addAll(netty(quick));
            rows.addAll(events(quick));
            rows.addAll(byLine(quick));
            rows.addAll(arrow(quick));
            rows.addAll(tracked(quick));
            rows.addAll(asyncProfiler(quick));
            return rows;
        }));
    }

    private static List<Row> netty(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (String level : List.of("disabled", "simple", "advanced", "paranoid")) {
            rows.addAll(JmhRuns.run(
                    JmhRuns.options(NettyBuffers.class, quick)
                            .jvmArgsAppend(CACHES, "-Dio.netty.leakDetection.level=" + level),
                    BUFFERS,
                    params -> netty(params) + ", detection " + level.toUpperCase(Locale.ROOT)));
        }
        return against(rows, "Netty pooled, detection DISABLED", "Netty adaptive, detection DISABLED");
    }

    private static List<Row> events(boolean quick) {
        return against(
                JmhRuns.run(
                        JmhRuns.options(NettyBuffers.class, quick)
                                .param("events", "none", "without stacks", "with stacks")
                                .param("allocator", "pooled")
                                .jvmArgsAppend(CACHES, "-Dio.netty.leakDetection.level=disabled"),
                        BUFFERS,
                        params -> netty(params) + ", JFR buffer events " + params.getParam("events")),
                "Netty pooled, JFR buffer events none");
    }

    private static List<Row> byLine(boolean quick) {
        return against(
                JmhRuns.run(
                        JmhRuns.options(TrackedBuffers.class, quick)
                                .jvmArgsAppend(CACHES, "-Dio.netty.leakDetection.level=disabled"),
                        BUFFERS,
                        params -> "Netty pooled, " + words(JmhRuns.label(params))),
                "Netty pooled, untracked");
    }

    private static List<Row> arrow(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (String debug : List.of("false", "true")) {
            rows.addAll(JmhRuns.run(
                    JmhRuns.options(ArrowBuffers.class, quick)
                            .jvmArgsAppend(OPENED, "-Darrow.memory.debug.allocator=" + debug),
                    BUFFERS,
                    params -> "Arrow, debug " + debug));
        }
        return against(rows, "Arrow, debug false");
    }

    private static List<Row> tracked(boolean quick) {
        final List<Row> rows = new ArrayList<>();
        for (String level : List.of("off", "summary", "detail")) {
            rows.addAll(JmhRuns.run(
                    JmhRuns.options(NativeBuffers.class, quick).jvmArgsAppend("-XX:NativeMemoryTracking=" + level),
                    NATIVE,
                    params -> "NativeMemoryTracking " + level));
        }
        return against(rows, "NativeMemoryTracking off");
    }

    private static List<Row> asyncProfiler(boolean quick) {
        return against(
                JmhRuns.run(
                        JmhRuns.options(NativeBuffers.class, quick)
                                .param("profiler", "none", "nativemem=524287", "nativemem=0"),
                        NATIVE,
                        params -> "async-profiler " + params.getParam("profiler")),
                "async-profiler none");
    }

    private static String netty(BenchmarkParams params) {
        return "Netty " + params.getParam("allocator");
    }

    private static String words(String method) {
        return method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** Adds what each takes longer than the baseline that its name begins like. */
    private static List<Row> against(List<Row> rows, String... baselines) {
        final List<Row> all = new ArrayList<>(rows);
        for (String baseline : baselines) {
            final String kind = baseline.replaceFirst("(,| none| off).*", "");
            final Row base = rows.stream()
                    .filter(row -> row.name().equals(baseline))
                    .findFirst()
                    .orElseThrow();
            for (Row row : rows) {
                if (!row.name().equals(baseline) && row.name().startsWith(kind)) {
                    all.add(new Row(
                            row.group(),
                            row.name(),
                            "added",
                            row.unit(),
                            row.value() - base.value(),
                            row.low() - base.high(),
                            row.high() - base.low()));
                }
            }
        }
        return all;
    }
}
