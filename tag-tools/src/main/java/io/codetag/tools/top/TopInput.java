package io.codetag.tools.top;

import io.codetag.core.AllocFilter;
import org.jspecify.annotations.Nullable;

/** What keys do. */
final class TopInput {
    static final String HELP = "q quit  p pause  b bytes  c calls  g growth  r rate  m module  f file  n function"
            + "  x all  h human  arrows scroll";

    /** For narrow terminals. */
    static final String SHORT_HELP = "q quit  p pause  b c g r sort  m f n filter  x all  h human  arrows scroll";

    static final int ESCAPE = 27;
    static final int UP = -10;
    static final int DOWN = -11;
    static final int PAGE_UP = -12;
    static final int PAGE_DOWN = -13;
    private static final int PAGE = 10;

    private final TopModel model;
    private final StringBuilder typed = new StringBuilder();
    private @Nullable Field asking;
    private int scrolled;
    private boolean quit;

    TopInput(TopModel model) {
        this.model = model;
    }

    /** What a person can filter by. */
    private enum Field {
        MODULE("module ('-' for none)"),
        FILE("file, or its end from a slash on"),
        FUNCTION("function");

        private final String label;

        Field(String label) {
            this.label = label;
        }
    }

    boolean quit() {
        return quit;
    }

    /** Returns how many rows are scrolled over. */
    int scrolled() {
        return scrolled;
    }

    /** Returns the question that is open, with what was typed so far; null if there is none. */
    @Nullable
    String question() {
        return asking == null ? null : asking.label + ", empty for any: " + typed;
    }

    /** Takes a key: a character, or one of the constants. */
    void key(int key) {
        if (asking == null) {
            command(key);
        } else {
            answer(asking, key);
        }
    }

    private void command(int key) {
        switch (key) {
            case 'q', 'Q', 3, 4 -> quit = true;
            case 'p', ' ' -> model.togglePause();
            case 'b' -> model.sortBy(TopSort.BYTES);
            case 'c' -> model.sortBy(TopSort.CALLS);
            case 'g' -> model.sortBy(TopSort.GROWTH);
            case 'r' -> model.sortBy(TopSort.RATE);
            case 'm' -> ask(Field.MODULE);
            case 'f' -> ask(Field.FILE);
            case 'n' -> ask(Field.FUNCTION);
            case 'x' -> model.filterBy(AllocFilter.ALL);
            case 'h' -> model.toggleHuman();
            case UP -> scrolled = Math.max(0, scrolled - 1);
            case DOWN -> scrolled++;
            case PAGE_UP -> scrolled = Math.max(0, scrolled - PAGE);
            case PAGE_DOWN -> scrolled += PAGE;
            default -> {
                // no command
            }
        }
    }

    /** Keeps at least one row in sight. */
    void limitScroll(int rows) {
        scrolled = Math.max(0, Math.min(scrolled, rows - 1));
    }

    private void ask(Field field) {
        asking = field;
        typed.setLength(0);
    }

    private void answer(Field field, int key) {
        if (key == '\r' || key == '\n') {
            apply(field, typed.toString());
            asking = null;
        } else if (key == ESCAPE || key == 3) {
            asking = null;
        } else if (key == 8 || key == 127) {
            typed.setLength(Math.max(0, typed.length() - 1));
        } else if (key >= ' ') {
            typed.append((char) key);
        }
    }

    private void apply(Field field, String text) {
        final AllocFilter old = model.filter();
        final String wanted = text.isEmpty() ? null : text;
        final AllocFilter.Builder filter =
                AllocFilter.builder().module(old.module()).file(old.file()).function(old.function());
        final Integer line = old.line();
        if (line != null) {
            filter.line(line);
        }
        switch (field) {
            case MODULE -> filter.module("-".equals(wanted) ? "" : wanted);
            case FILE -> filter.file(wanted);
            case FUNCTION -> filter.function(wanted);
        }
        model.filterBy(filter.build());
        scrolled = 0;
    }
}
