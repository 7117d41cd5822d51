package io.codetag.benchmarks.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bound that a figure is to keep, from the file {@code benchmarks/targets.tsv}.
 *
 * @param id its short name
 * @param what what it says
 * @param table the table whose result files have the figure, one for each JDK
 * @param group the group of the figure there
 * @param name the name of the figure
 * @param minus the name of what is subtracted from it; empty for nothing
 * @param metric the metric
 * @param unit its unit
 * @param bound {@code <= NUMBER}, {@code >= NUMBER}, {@code <= row NAME} for another figure of the same group, metric and
 *     unit, {@code control} for what lies inside the interval of the control, or {@code control NUMBER} for that and a number
 */
public record Target(
        String id,
        String what,
        String table,
        String group,
        String name,
        String minus,
        String metric,
        String unit,
        String bound) {
    private static final int COLUMNS = 9;

    /** Reads all targets. */
    public static List<Target> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(Target::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Target parse(String line) {
        final String[] parts = line.split("\t", -1);
        if (parts.length != COLUMNS) {
            throw new IllegalArgumentException("a target has " + COLUMNS + " columns: " + line);
        }
        return new Target(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7], parts[8]);
    }

    /**
     * Compares the figure with the bound.
     *
     * @param rows the rows of the table
     * @return the verdict; null if the figure was not measured
     */
    public @Nullable Verdict judge(List<Row> rows) {
        final Optional<Row> found = find(rows, name);
        final Optional<Row> subtracted = minus.isEmpty() ? Optional.empty() : find(rows, minus);
        if (found.isEmpty() || (!minus.isEmpty() && subtracted.isEmpty())) {
            return null;
        }
        final Row figure = subtracted.map(less -> difference(found.get(), less)).orElse(found.get());
        if (bound.startsWith("control")) {
            final double number = bound.equals("control") ? Double.MAX_VALUE : number("control ");
            return Verdict.within(figure, control(rows), number);
        }
        if (bound.startsWith("<= row ")) {
            return Verdict.atMost(
                    figure,
                    find(rows, bound.substring("<= row ".length()))
                            .orElseThrow()
                            .value());
        }
        return bound.startsWith(">= ") ? Verdict.atLeast(figure, number(">= ")) : Verdict.atMost(figure, number("<= "));
    }

    private double number(String prefix) {
        if (!bound.startsWith(prefix)) {
            throw new IllegalArgumentException("target " + id + " has the bound \"" + bound + "\"");
        }
        return Double.parseDouble(bound.substring(prefix.length()));
    }

    private Optional<Row> find(List<Row> rows, String wanted) {
        return Row.find(rows, group, wanted, metric, unit);
    }

    private Row control(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.name().contains("(control)"))
                .flatMap(row -> find(rows, row.name()).stream())
                .findFirst()
                .orElseThrow();
    }

    private static Row difference(Row figure, Row less) {
        return new Row(
                figure.group(),
                figure.name(),
                figure.metric(),
                figure.unit(),
                figure.value() - less.value(),
                figure.low() - less.high(),
                figure.high() - less.low());
    }
}
