package io.codetag.tools.report;

import io.codetag.core.PlaceText;

/** Foreign text in a message: short, and without anything that a terminal would obey. */
final class Excerpt {
    private static final int LENGTH = 60;

    private Excerpt() {}

    /** Returns the beginning of a text in quotes. */
    static String of(String text) {
        final boolean cut = text.length() > LENGTH;
        return "'" + safe(cut ? text.substring(0, LENGTH) : text) + (cut ? "…'" : "'");
    }

    /** Returns a text with its odd characters escaped, blanks excepted. */
    static String safe(String text) {
        return PlaceText.escape(text).replace("\\040", " ");
    }
}
