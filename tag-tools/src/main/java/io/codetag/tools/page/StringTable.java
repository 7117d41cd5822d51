package io.codetag.tools.page;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers strings in the order they come, each once; the empty string is 0. */
final class StringTable {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    StringTable() {
        numberOf("");
    }

    int numberOf(String string) {
        final Integer known = numbers.putIfAbsent(string, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    /** Returns the strings by number. */
    Collection<String> strings() {
        return Collections.unmodifiableCollection(numbers.keySet());
    }
}
