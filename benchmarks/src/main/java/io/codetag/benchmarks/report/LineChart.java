package io.codetag.benchmarks.report;

import io.codetag.benchmarks.results.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One line for each name over the groups, in their order. */
final class LineChart {
    private static final int WIDTH = 820;
    private static final int HEIGHT = 360;
    private static final int LEFT = 60;
    private static final int RIGHT = 540;
    private static final int TOP = 50;
    private static final int BOTTOM = 310;
    private static final List<String> COLOURS =
            List.of("#0969da", "#cf222e", "#1a7f37", "#8250df", "#bf8700", "#8c959f");

    private final String title;
    private final String unit;
    private final boolean logarithmic;

    LineChart(String title, String unit, boolean logarithmic) {
        this.title = title;
        this.unit = unit;
        this.logarithmic = logarithmic;
    }

    String draw(List<String> groups, List<String> labels, Map<String, List<Row>> series) {
        final Svg svg = new Svg(WIDTH, HEIGHT, title + ", " + unit + (logarithmic ? " (logarithmic)" : ""));
        final List<Row> all = series.values().stream().flatMap(List::stream).toList();
        final Scale y = Scale.of(
                all.stream().mapToDouble(Row::low).min().orElse(0),
                all.stream().mapToDouble(Row::high).max().orElse(1),
                BOTTOM,
                TOP,
                logarithmic);
        final double step = (RIGHT - LEFT) / (double) Math.max(1, groups.size() - 1);
        svg.segment(LEFT, y.origin(), RIGHT, y.origin(), "axis");
        svg.segment(LEFT, TOP, LEFT, BOTTOM, "axis");
        svg.text(LEFT - 6, BOTTOM, "end", ResultText.number(y.low()));
        svg.text(LEFT - 6, TOP + 4, "end", ResultText.number(y.high()));
        for (int i = 0; i < labels.size(); i++) {
            svg.text(LEFT + i * step, BOTTOM + 20, "mid", labels.get(i));
        }
        int line = 0;
        for (Map.Entry<String, List<Row>> each : series.entrySet()) {
            final String colour = COLOURS.get(line % COLOURS.size());
            final StringBuilder points = new StringBuilder();
            for (Row row : each.getValue()) {
                final double x = LEFT + groups.indexOf(row.group()) * step;
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y.at(row.value())));
                svg.segment(x, y.at(row.low()), x, y.at(row.high()), "mark");
                svg.dot(x, y.at(row.value()), colour);
            }
            svg.path(points.toString().strip(), colour);
            svg.bar(RIGHT + 20, TOP + 20.0 * line, 10, 10, colour);
            svg.text(RIGHT + 36, TOP + 20.0 * line + 10, "name", each.getKey());
            line++;
        }
        return svg.end();
    }
}
