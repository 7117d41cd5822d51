package io.codetag.tools.top;

import io.codetag.core.PlaceText;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** Lays the live table out on a screen. */
final class TopScreen {
    private static final int LINES_AROUND = 5;

    private final TopModel model;
    private final TopInput input;
    private final TopText text;

    TopScreen(TopModel model, TopInput input) {
        this.model = model;
        this.input = input;
        this.text = new TopText(model);
    }

    /** Returns as many lines as there is room for, none wider than the screen. */
    List<AttributedString> lines(int rows, int columns) {
        final List<TopRow> all = model.rows();
        input.limitScroll(all.size());
        final List<AttributedString> lines = new ArrayList<>();
        for (String line : text.header(all)) {
            lines.add(fit(line, columns, AttributedStyle.DEFAULT));
        }
        lines.set(0, fit(lines.get(0).toString(), columns, AttributedStyle.BOLD));
        lines.add(wide(TopText.COLUMNS, columns));
        final int room = Math.max(0, rows - LINES_AROUND);
        for (TopRow row : all.stream().skip(input.scrolled()).limit(room).toList()) {
            lines.add(row(row, columns));
        }
        while (lines.size() < rows - 1) {
            lines.add(AttributedString.EMPTY);
        }
        final String question = input.question();
        lines.add(
                question == null
                        ? wide(columns < TopInput.HELP.length() ? TopInput.SHORT_HELP : TopInput.HELP, columns)
                        : fit(PlaceText.escape(question).replace("\\040", " "), columns, AttributedStyle.BOLD));
        return lines.size() > rows ? lines.subList(0, Math.max(0, rows)) : lines;
    }

    /** A place that does not fit loses its beginning: the function is at its end. */
    private AttributedString row(TopRow row, int columns) {
        final AttributedString whole = new AttributedString(text.row(row));
        final int excess = whole.columnLength() - columns;
        if (excess <= 0 || columns <= TopText.PLACE_COLUMN + 1) {
            return whole.columnSubSequence(0, columns);
        }
        final AttributedString numbers = whole.columnSubSequence(0, TopText.PLACE_COLUMN);
        final AttributedString end = whole.columnSubSequence(TopText.PLACE_COLUMN + excess + 1, whole.columnLength());
        return AttributedString.join(AttributedString.EMPTY, numbers, new AttributedString("…"), end);
    }

    private static AttributedString fit(String line, int columns, AttributedStyle style) {
        return new AttributedString(line, style).columnSubSequence(0, columns);
    }

    private static AttributedString wide(String line, int columns) {
        return fit(line + " ".repeat(Math.max(0, columns - line.length())), columns, AttributedStyle.INVERSE);
    }
}
