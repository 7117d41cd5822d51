package io.codetag.core;

import io.codetag.CodeTag;
import java.util.Comparator;

/**
 * What a report shows of a place: two places with equal keys have equal text.
 *
 * @param path the path
 * @param line the line
 * @param module the module; empty for core tags
 * @param function the function
 */
record PlaceKey(String path, int line, String module, String function) implements Comparable<PlaceKey> {
    private static final Comparator<PlaceKey> ORDER = Comparator.comparing(PlaceKey::path)
            .thenComparingInt(PlaceKey::line)
            .thenComparing(PlaceKey::module)
            .thenComparing(PlaceKey::function);

    static PlaceKey of(CodeTag place) {
        return new PlaceKey(place.path(), place.line(), moduleOf(place), place.function());
    }

    /** Returns the name of the module, empty for core tags. */
    static String moduleOf(CodeTag place) {
        final String module = place.module();
        return module == null ? "" : module;
    }

    @Override
    public int compareTo(PlaceKey other) {
        return ORDER.compare(this, other);
    }
}
