package io.codetag.benchmarks.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One figure.
 *
 * @param group what was done
 * @param name by what
 * @param metric what was measured
 * @param unit in what
 * @param value the figure: a median if there is more than one launch
 * @param low the smallest of all launches
 * @param high the largest of all launches
 */
public record Row(String group, String name, String metric, String unit, double value, double low, double high) {
    private static final String SEPARATOR = "\t";

    /** Checks that the texts can be written. */
    public Row {
        if ((group + name + metric + unit).matches("(?s).*[\t\n].*")) {
            throw new IllegalArgumentException("a tab or a line end in " + group + " " + name);
        }
    }

    /** Makes a figure of one launch. */
    public static Row of(String group, String name, String metric, String unit, double value) {
        return new Row(group, name, metric, unit, value, value, value);
    }

    /** Joins the figures of the same thing: the median, the smallest and the largest. */
    public static List<Row> join(List<Row> rows) {
        final Map<List<String>, List<Row>> same = new LinkedHashMap<>();
        for (Row row : rows) {
            same.computeIfAbsent(List.of(row.group, row.name, row.metric, row.unit), absent -> new ArrayList<>())
                    .add(row);
        }
        return same.values().stream().map(Row::joined).toList();
    }

    private static Row joined(List<Row> same) {
        final Row first = same.get(0);
        return new Row(
                first.group,
                first.name,
                first.metric,
                first.unit,
                Medians.of(same.stream().mapToDouble(Row::value).toArray()),
                same.stream().mapToDouble(Row::low).min().orElseThrow(),
                same.stream().mapToDouble(Row::high).max().orElseThrow());
    }

    /** Finds a figure. */
    public static Optional<Row> find(List<Row> rows, String group, String name, String metric, String unit) {
        return rows.stream()
                .filter(row -> row.group.equals(group)
                        && row.name.equals(name)
                        && row.metric.equals(metric)
                        && row.unit.equals(unit))
                .findFirst();
    }

    /** Returns the same figure in another group. */
    public Row ofGroup(String other) {
        return new Row(other, name, metric, unit, value, low, high);
    }

    /** Returns the line of a result file. */
    public String line() {
        return String.join(SEPARATOR, group, name, metric, unit, number(value), number(low), number(high));
    }

    /** Reads a line of a result file. */
    public static Row parse(String line) {
        final String[] parts = line.split(SEPARATOR, -1);
        if (parts.length != 7) {
            throw new IllegalArgumentException("no row: " + line);
        }
        return new Row(
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5]),
                Double.parseDouble(parts[6]));
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.6g", number);
    }
}
