package io.codetag.core;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) to an {@link Appendable}, with a small buffer.
 *
 * <p>Strings are written so that the document may stand inside HTML and on a terminal: what {@link PlaceText} escapes
 * other than a blank, and the four characters that HTML gives a meaning to, become {@code \}{@code uXXXX}. Half of a
 * surrogate pair does too, so any Java string comes back as it was.
 */
final class JsonWriter {
    private static final int BUFFER = 1 << 13;
    private static final String HEX = "0123456789abcdef";

    private final Appendable out;
    private final StringBuilder text = new StringBuilder(BUFFER + 512);
    private boolean first = true;

    JsonWriter(Appendable out) {
        this.out = out;
    }

    JsonWriter begin(char bracket) {
        separate();
        text.append(bracket);
        first = true;
        return this;
    }

    JsonWriter end(char bracket) throws IOException {
        text.append(bracket);
        first = false;
        if (text.length() >= BUFFER) {
            flush();
        }
        return this;
    }

    /** Writes the name of a member; the next value is its value. */
    JsonWriter name(String name) {
        separate();
        text.append('"').append(name).append("\":");
        first = true;
        return this;
    }

    /** Begins a new line, for readers who look at the document. */
    JsonWriter line() {
        if (!first) {
            text.append(',');
            first = true;
        }
        text.append('\n');
        return this;
    }

    JsonWriter value(@Nullable String value) {
        separate();
        if (value == null) {
            text.append("null");
        } else {
            text.append('"');
            escape(value);
            text.append('"');
        }
        return this;
    }

    JsonWriter value(long value) {
        separate();
        text.append(value);
        return this;
    }

    JsonWriter value(boolean value) {
        separate();
        text.append(value);
        return this;
    }

    void flush() throws IOException {
        out.append(text);
        text.setLength(0);
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    private void escape(String value) {
        int plain = 0;
        for (int i = 0; i < value.length(); ) {
            final int character = value.codePointAt(i);
            final int next = i + Character.charCount(character);
            if (isUnsafe(character)) {
                text.append(value, plain, i);
                plain = next;
                for (int half = i; half < next; half++) {
                    appendUnit(value.charAt(half));
                }
            }
            i = next;
        }
        text.append(value, plain, value.length());
    }

    private static boolean isUnsafe(int character) {
        return switch (character) {
            case ' ' -> false;
            case '"', '<', '>', '&', '\'' -> true;
            default -> PlaceText.isOdd(character);
        };
    }

    private void appendUnit(char unit) {
        if (unit == '"' || unit == '\\') {
            text.append('\\').append(unit);
            return;
        }
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(HEX.charAt((unit >> shift) & 0xF));
        }
    }
}
