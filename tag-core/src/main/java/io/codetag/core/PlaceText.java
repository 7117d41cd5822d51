package io.codetag.core;

import io.codetag.CodeTag;

/**
 * Writes places as reports show them: {@code path:line [module] func:name}.
 *
 * <p>Inside a name the following characters are escaped: white space and separators
 * ({@link Character#isWhitespace(int)}, {@link Character#isSpaceChar(int)}), control characters (C0, DEL, C1), format
 * characters (such as marks of direction and the byte order mark), halves of surrogate pairs, and the backslash. Each is
 * written as its bytes in UTF-8, each byte as a backslash and three octal digits: a blank is {@code \040}, a backslash
 * {@code \134}, U+2028 {@code \342\200\250}. Half of a surrogate pair is written as if it were a character of its own:
 * U+D800 is {@code \355\240\200}. Everything else stands for itself.
 *
 * <p>So a line is parsed without doubt. Fields are parted by blanks, and a name has none. The path ends before the last
 * colon of its field. The field after it is a module if, and only if, it does not begin with {@code func:}; without its
 * first and last character it is the module's name.
 *
 * @since 0.1
 */
public final class PlaceText {
    private PlaceText() {}

    /**
     * Returns the text of a place.
     *
     * @param place the place
     * @return such as {@code com/acme/Foo.java:12 [plugin] func:run}
     */
    public static String of(CodeTag place) {
        final StringBuilder text = new StringBuilder(96);
        append(text, place);
        return text.toString();
    }

    /** Appends the text of a place. */
    static void append(StringBuilder text, CodeTag place) {
        escape(text, place.path());
        text.append(':').append(place.line());
        final String module = PlaceKey.moduleOf(place);
        if (!module.isEmpty()) {
            text.append(" [");
            escape(text, module);
            text.append(']');
        }
        text.append(" func:");
        escape(text, place.function());
    }

    /**
     * Returns a name with its odd characters escaped.
     *
     * @param name any string
     * @return the name as reports show it
     */
    public static String escape(String name) {
        final StringBuilder text = new StringBuilder(name.length() + 16);
        escape(text, name);
        return text.toString();
    }

    /**
     * Gives back what {@link #escape(String)} was given.
     *
     * @param escaped a name as reports show it
     * @return the name
     * @throws IllegalArgumentException if a backslash does not begin an escape, or escapes are not the bytes of a
     *     character; the message says where
     */
    public static String unescape(String escaped) {
        return escaped.indexOf('\\') < 0 ? escaped : PlaceUnescape.of(escaped);
    }

    /** Says whether a character is escaped in text reports. */
    static boolean isOdd(int character) {
        if (character < 0x80) {
            return character <= ' ' || character == '\\' || character == 0x7F;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void escape(StringBuilder text, String name) {
        final int length = name.length();
        final int begin = plainBegin(name);
        if (begin == length) {
            text.append(name); // copied as a whole, where a part would be copied character by character
            return;
        }
        int plain = 0;
        for (int i = begin; i < length; ) {
            final int character = name.codePointAt(i);
            final int next = i + Character.charCount(character);
            if (isOdd(character)) {
                text.append(name, plain, i);
                appendBytes(text, character);
                plain = next;
            }
            i = next;
        }
        text.append(name, plain, length);
    }

    /** Returns how many characters at the beginning are printable ASCII and no backslash: of most names all. */
    private static int plainBegin(String name) {
        int i = 0;
        while (i < name.length() && name.charAt(i) > ' ' && name.charAt(i) < 0x7F && name.charAt(i) != '\\') {
            i++;
        }
        return i;
    }

    private static void appendBytes(StringBuilder text, int character) {
        if (character < 0x80) {
            appendByte(text, character);
        } else if (character < 0x800) {
            appendByte(text, 0xC0 + (character >> 6));
            appendContinuation(text, character);
        } else if (character < 0x10000) {
            appendByte(text, 0xE0 + (character >> 12));
            appendContinuation(text, character >> 6);
            appendContinuation(text, character);
        } else {
            appendByte(text, 0xF0 + (character >> 18));
            appendContinuation(text, character >> 12);
            appendContinuation(text, character >> 6);
            appendContinuation(text, character);
        }
    }

    private static void appendContinuation(StringBuilder text, int bits) {
        appendByte(text, 0x80 + (bits & 0x3F));
    }

    private static void appendByte(StringBuilder text, int value) {
        text.append('\\')
                .append((char) ('0' + (value >> 6)))
                .append((char) ('0' + (value >> 3 & 7)))
                .append((char) ('0' + (value & 7)));
    }
}
