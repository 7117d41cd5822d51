package io.codetag.tools.pprof;

import io.codetag.core.PlaceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The string table of a profile: other messages name a string by its index; index 0 is the empty one.
 *
 * <p>pprof prints names as they are, one a line, onto a terminal. So control characters and the like become octal, a
 * backslash and half of a surrogate pair too, as in text reports, so that names come back exactly; a blank stays.
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
        return Arrays.stream(text.split(" ", -1)).map(PlaceText::escape).collect(Collectors.joining(" "));
    }
}
