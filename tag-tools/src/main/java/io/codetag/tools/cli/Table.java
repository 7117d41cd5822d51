package io.codetag.tools.cli;

import io.codetag.CodeTag;
import io.codetag.core.PlaceText;

/** Lines of numbers, right-aligned, and a place. */
final class Table {
    private final StringBuilder text = new StringBuilder();

    /** Adds text as it stands. */
    Table line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Adds a cell that ends at a column, at least two blanks after the one before. */
    Table right(String cell, int width) {
        text.append(" ".repeat(Math.max(0, width - cell.length()))).append(cell).append("  ");
        return this;
    }

    /** Adds a cell that begins where the last one ended. */
    Table left(String cell, int width) {
        text.append(cell).append(" ".repeat(Math.max(0, width - cell.length()))).append("  ");
        return this;
    }

    /** Adds a place and ends the line. */
    Table place(CodeTag place) {
        return line(PlaceText.of(place));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
