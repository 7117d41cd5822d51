package io.codetag.benchmarks.report;

import io.codetag.benchmarks.results.Row;
import java.util.List;

/** Horizontal bars with their intervals. */
final class BarChart {
    private static final int WIDTH = 820;
    private static final int LEFT = 330;
    private static final int RIGHT = 640;
    private static final int TOP = 40;
    private static final int STEP = 26;
    private static final String COLOUR = "#0969da";
    private static final String CONTROL_COLOUR = "#8c959f";

    private final String title;
    private final String unit;
    private final boolean logarithmic;

    BarChart(String title, String unit, boolean logarithmic) {
        this.title = title;
        this.unit = unit;
        this.logarithmic = logarithmic;
    }

    String draw(List<Row> rows) {
        final Svg svg = new Svg(
                WIDTH, TOP + STEP * rows.size() + 30, title + ", " + unit + (logarithmic ? " (logarithmic)" : ""));
        final double lowest = rows.stream().mapToDouble(Row::low).min().orElse(0);
        final double highest = rows.stream().mapToDouble(Row::high).max().orElse(1);
        final Scale scale = Scale.of(lowest, highest, LEFT, RIGHT, logarithmic);
        double y = TOP;
        for (Row row : rows) {
            final double from = Math.min(scale.origin(), scale.at(row.value()));
            final double to = Math.max(scale.origin(), scale.at(row.value()));
            final boolean control = row.name().contains("(control)");
            svg.text(LEFT - 10, y + 14, "end", row.name());
            svg.bar(from, y + 3, to - from, STEP - 10, control ? CONTROL_COLOUR : COLOUR);
            svg.segment(scale.at(row.low()), y + 11, scale.at(row.high()), y + 11, "mark");
            svg.text(Math.max(scale.at(row.high()), to) + 8, y + 14, "value", ResultText.figure(row));
            y += STEP;
        }
        svg.segment(scale.origin(), TOP, scale.origin(), y, "axis");
        return svg.end();
    }
}
