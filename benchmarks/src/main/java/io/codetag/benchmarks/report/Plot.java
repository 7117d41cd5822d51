package io.codetag.benchmarks.report;

import io.codetag.benchmarks.results.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture of some rows of a result file.
 *
 * @param table the table whose result files have the rows, one for each JDK
 * @param name the name of the picture
 * @param title what it shows
 * @param group the group of the rows, or the begin of the groups' names for lines over groups
 * @param metric their metric
 * @param unit its unit
 * @param kind what is drawn
 */
record Plot(String table, String name, String title, String group, String metric, String unit, Kind kind) {
    private static final List<Plot> ALL = List.of(
            new Plot(
                    "a-hot",
                    "pairs",
                    "What is added to a pair of 1 page with the cache in hand",
                    "pair-in-hand",
                    "added",
                    "ns",
                    Kind.BARS),
            new Plot(
                    "a-cold",
                    "pairs-cold",
                    "What is added to a pair of random pages, metadata beyond the caches",
                    "random-pair, 2^26 pages",
                    "added",
                    "ns",
                    Kind.BARS),
            new Plot(
                    "c-netty",
                    "netty",
                    "What tracking adds to a pooled buffer of Netty",
                    "buffer-pair",
                    "added",
                    "ns",
                    Kind.LOG_BARS),
            new Plot(
                    "f-pages",
                    "growth",
                    "What is added to a pair of random pages, by number of pages",
                    "random-pair",
                    "added",
                    "ns",
                    Kind.LINES),
            new Plot(
                    "d-counters",
                    "counters",
                    "Counting up and down again, by number of threads",
                    "counting",
                    "time",
                    "ns",
                    Kind.LOG_LINES));

    /** What is drawn. */
    enum Kind {
        BARS,
        LOG_BARS,
        LINES,
        LOG_LINES
    }

    /** Returns the pictures of a result file. */
    static List<Plot> of(String file) {
        final String jdk = file.replaceFirst(".*-jdk", "");
        return ALL.stream()
                .filter(plot -> file.startsWith(plot.table + "-jdk"))
                .map(plot -> plot.of(jdk, file))
                .toList();
    }

    private Plot of(String jdk, String file) {
        return new Plot(file, name + "-jdk" + jdk, title + ", JDK " + jdk, group, metric, unit, kind);
    }

    /** Returns the picture as SVG. */
    String draw(List<Row> rows) {
        final List<Row> shown = rows.stream()
                .filter(row -> row.metric().equals(metric) && row.unit().equals(unit))
                .filter(row -> row.group().startsWith(group))
                .toList();
        return switch (kind) {
            case BARS, LOG_BARS ->
                new BarChart(title, unit, kind == Kind.LOG_BARS)
                        .draw(shown.stream()
                                .filter(row -> row.group().equals(group))
                                .filter(row -> kind == Kind.BARS || row.value() > 0)
                                .toList());
            case LINES, LOG_LINES -> lines(shown);
        };
    }

    private String lines(List<Row> shown) {
        final List<String> groups = shown.stream().map(Row::group).distinct().toList();
        final Map<String, List<Row>> series = new LinkedHashMap<>();
        shown.forEach(row ->
                series.computeIfAbsent(row.name(), absent -> new ArrayList<>()).add(row));
        final List<String> labels = groups.stream()
                .map(name -> name.substring(group.length()).replaceFirst("^, ", ""))
                .toList();
        return new LineChart(title, unit, kind == Kind.LOG_LINES).draw(groups, labels, series);
    }
}
