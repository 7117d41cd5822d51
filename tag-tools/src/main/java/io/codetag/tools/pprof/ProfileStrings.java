package io.codetag.tools.pprof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The string table of a profile: other messages name a string by its index; index 0 is the empty one.
 *
 * <p>pprof prints names as they are, one a line, onto a terminal. So control characters and the like become octal, a
 * backslash too, as in text reports; a blank stays. Half of a surrogate pair becomes a question mark: a protocol buffer
 * holds proper UTF-8 only.
 */
final class ProfileStrings {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<byte[]> table = new ArrayList<>();

    ProfileStrings() {
        indexOf("");
    }

    /** Returns the index of a string, adding it if need be. */
    int indexOf(String text) {
        final Integer known = indexes.get(text);
        if (known != null) {
            return known;
        }
        final int index = table.size();
        table.add(printable(text).getBytes(StandardCharsets.UTF_8));
        indexes.put(text, index);
        return index;
    }

    /** Returns all strings, by index, in UTF-8. */
    List<byte[]> table() {
        return table;
    }

    private static String printable(String text) {
        if (text.codePoints().noneMatch(ProfileStrings::isOdd)) {
            return text;
        }
        final StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (isOdd(character)) {
                for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('\\')
                            .append((char) ('0' + (each >> 6 & 3)))
                            .append((char) ('0' + (each >> 3 & 7)))
                            .append((char) ('0' + (each & 7)));
                }
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    private static boolean isOdd(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> character == '\\';
        };
    }
}
