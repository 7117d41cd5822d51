package io.codetag.benchmarks.report;

import java.util.Locale;

/** Text of a picture; its colours follow whether the reader's page is light or dark. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title) {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                width, height, width, height);
        line("<title>%s</title>", escape(title));
        line("<style>");
        line("text { font: 12px sans-serif; fill: #24292f } .title { font-weight: bold; font-size: 14px }");
        line(
                ".axis { stroke: #8c959f } .mark { stroke: #24292f } .end { text-anchor: end } .mid { text-anchor: middle }");
        line("@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .mark { stroke: #e6edf3 } }");
        line("</style>");
        text(8, 20, "title", title);
    }

    void text(double x, double y, String styles, String content) {
        line("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>", x, y, styles, escape(content));
    }

    void segment(double x1, double y1, double x2, double y2, String style) {
        line("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
    }

    void bar(double x, double y, double width, double height, String colour) {
        line(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                x, y, Math.max(0.5, width), height, colour);
    }

    void path(String points, String colour) {
        line("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points, colour);
    }

    void dot(double x, double y, String colour) {
        line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
    }

    String end() {
        return text + "</svg>\n";
    }

    static String escape(String content) {
        return content.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
