package io.codetag.tools.page;

import java.io.IOException;
import java.util.HexFormat;

/**
 * Writes JSON (RFC 8259) that may stand inside a {@code script} element of HTML, with a small buffer.
 *
 * <p>Whatever a string contains, the document has no {@code <}, {@code >} or {@code &}, no line separator that an old
 * parser takes for the end of a line, and no half of a surrogate pair, which UTF-8 cannot carry: they are written as
 * {@code \}{@code uXXXX}, and come back as they were.
 */
final class JsonOut {
    private static final int BUFFER = 1 << 13;
    private static final HexFormat HEX = HexFormat.of();

    private final Appendable out;
    private final StringBuilder text = new StringBuilder(BUFFER + 512);
    private boolean first = true;

    JsonOut(Appendable out) {
        this.out = out;
    }

    JsonOut begin(char bracket) {
        separate();
        text.append(bracket);
        first = true;
        return this;
    }

    JsonOut end(char bracket) throws IOException {
        text.append(bracket);
        first = false;
        return flushIfFull();
    }

    /** Writes the name of a member; the next value is its value. */
    JsonOut name(String name) {
        separate();
        text.append('"').append(name).append("\":");
        first = true;
        return this;
    }

    JsonOut value(String value) throws IOException {
        separate();
        text.append('"');
        for (int i = 0; i < value.length(); ) {
            final int character = value.codePointAt(i);
            appendEscaped(character);
            i += Character.charCount(character);
        }
        text.append('"');
        return flushIfFull();
    }

    JsonOut value(long value) throws IOException {
        separate();
        text.append(value);
        return flushIfFull();
    }

    JsonOut value(boolean value) {
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

    private void appendEscaped(int character) {
        switch (character) {
            case '"', '\\' -> text.append('\\').append((char) character);
            case '<', '>', '&', '\'', 0x2028, 0x2029 -> appendUnit(character);
            default -> {
                final int type = Character.getType(character);
                if (type == Character.CONTROL || type == Character.SURROGATE) { // none is above 0xFFFF
                    appendUnit(character);
                } else {
                    text.appendCodePoint(character);
                }
            }
        }
    }

    private void appendUnit(int unit) {
        text.append("\\u").append(HEX.toHexDigits((char) unit));
    }

    private JsonOut flushIfFull() throws IOException {
        if (text.length() >= BUFFER) {
            flush();
        }
        return this;
    }
}
