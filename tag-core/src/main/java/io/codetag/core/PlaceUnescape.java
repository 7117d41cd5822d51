package io.codetag.core;

/** Reads names as {@link PlaceText} writes them. */
final class PlaceUnescape {
    private static final int ESCAPE_LENGTH = 4;

    private final String escaped;
    private final StringBuilder name;
    private int at;

    private PlaceUnescape(String escaped) {
        this.escaped = escaped;
        this.name = new StringBuilder(escaped.length());
    }

    static String of(String escaped) {
        final PlaceUnescape reader = new PlaceUnescape(escaped);
        while (reader.at < escaped.length()) {
            if (escaped.charAt(reader.at) == '\\') {
                reader.name.appendCodePoint(reader.nextCharacter());
            } else {
                reader.name.append(escaped.charAt(reader.at++));
            }
        }
        return reader.name.toString();
    }

    /** Reads the escapes of one character: its bytes in UTF-8, where a half of a surrogate pair may stand alone. */
    private int nextCharacter() {
        final int start = at;
        final int first = nextByte();
        if (first < 0x80) {
            return first;
        }
        final int more = first >= 0xC2 && first < 0xE0 ? 1 : first >= 0xE0 && first < 0xF0 ? 2 : 3;
        int character = first & (0x3F >> more);
        for (int i = 0; i < more; i++) {
            final int next = at < escaped.length() && escaped.charAt(at) == '\\' ? nextByte() : 0;
            if (first < 0xC2 || first > 0xF4 || next >> 6 != 0b10) {
                throw notACharacter(start);
            }
            character = (character << 6) | (next & 0x3F);
        }
        final int least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
        if (character < least || character > Character.MAX_CODE_POINT) {
            throw notACharacter(start);
        }
        return character;
    }

    private int nextByte() {
        int value = 0;
        for (int i = at + 1; i < at + ESCAPE_LENGTH; i++) {
            final int digit = i < escaped.length() ? escaped.charAt(i) - '0' : -1;
            if (digit < 0 || digit > 7) {
                throw new IllegalArgumentException("the backslash at character " + (at + 1)
                        + " does not begin an escape; accepted: a backslash and three octal digits, 000 to 377");
            }
            value = (value << 3) | digit;
        }
        if (value > 0xFF) {
            throw new IllegalArgumentException("the escape at character " + (at + 1)
                    + " is no byte; accepted: a backslash and three octal digits, 000 to 377");
        }
        at += ESCAPE_LENGTH;
        return value;
    }

    private static IllegalArgumentException notACharacter(int start) {
        return new IllegalArgumentException(
                "the escapes at character " + (start + 1) + " are not the bytes of a character in UTF-8");
    }
}
