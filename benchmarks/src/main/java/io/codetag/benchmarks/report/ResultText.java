package io.codetag.benchmarks.report;

import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Row;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes Markdown of result files: for each group a table, with a column for each metric. */
final class ResultText {
    private static final List<String> FACTS =
            List.of("machine", "system", "huge pages", "load before", "jdk", "date", "revision");

    private ResultText() {}

    static String section(String fileName, ResultFile file) {
        final String jdk = fileName.replaceFirst(".*-jdk", "");
        final StringBuilder text = new StringBuilder("### " + file.facts().get("table") + ", JDK " + jdk + "\n\n");
        text.append('`').append(file.facts().get("command")).append("`: ");
        text.append(String.join(
                "; ",
                FACTS.stream().map(name -> name + " " + file.facts().get(name)).toList()));
        text.append(". Figures: ").append(file.facts().get("error")).append(".\n\n");
        final Map<String, Map<String, Map<String, Row>>> groups = new LinkedHashMap<>();
        for (Row row : file.rows()) {
            groups.computeIfAbsent(row.group(), absent -> new LinkedHashMap<>())
                    .computeIfAbsent(row.name(), absent -> new LinkedHashMap<>())
                    .put(row.metric() + ", " + row.unit(), row);
        }
        groups.forEach((group, rows) -> text.append(table(group, rows)));
        return text.toString();
    }

    private static String table(String group, Map<String, Map<String, Row>> rows) {
        final Set<String> metrics = new LinkedHashSet<>();
        rows.values().forEach(ofName -> metrics.addAll(ofName.keySet()));
        final StringBuilder text = new StringBuilder("| " + group + " |");
        metrics.forEach(metric -> text.append(' ').append(metric).append(" |"));
        text.append("\n| --- |").append(" ---: |".repeat(metrics.size())).append('\n');
        rows.forEach((name, ofName) -> {
            text.append("| ").append(name).append(" |");
            metrics.forEach(
                    metric -> text.append(' ').append(figure(ofName, metric)).append(" |"));
            text.append('\n');
        });
        return text.append('\n').toString();
    }

    private static String figure(Map<String, Row> ofName, String metric) {
        final Row row = ofName.get(metric);
        return row == null ? "" : figure(row);
    }

    /** Returns a figure with its interval, if it has one. */
    static String figure(Row row) {
        final String value = number(row.value());
        return row.low() == row.high() ? value : value + " [" + number(row.low()) + ", " + number(row.high()) + "]";
    }

    /** Returns three digits, and all of those before the point. */
    static String number(double number) {
        if (Double.isInfinite(number)) {
            return "∞";
        }
        final double size = Math.abs(number);
        final String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        final String text = String.format(Locale.ROOT, format, number);
        return text.equals("-0.00") ? "0.00" : text;
    }
}
