package io.codetag.micrometer;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.micrometer.core.instrument.Tags;
import java.util.Comparator;
import java.util.Map;

/**
 * What the labels of a tag are made of: two tags with equal keys have one series.
 *
 * @param module the module; empty for core tags
 * @param file the path
 * @param line the line; empty for {@link #OTHER} only
 * @param function the function
 */
record TagKey(String module, String file, String line, String function) implements Comparable<TagKey> {
    /** All tags that have no series of their own. No tag is like it, since each has a line. */
    static final TagKey OTHER = new TagKey("", "other", "", "");

    /** The largest first. */
    static final Comparator<Map.Entry<TagKey, AllocCounts>> ORDER = Comparator.comparing(
                    Map.Entry<TagKey, AllocCounts>::getValue,
                    Comparator.comparingLong(AllocCounts::bytes)
                            .thenComparingLong(AllocCounts::calls)
                            .reversed())
            .thenComparing(Map.Entry::getKey);

    private static final Comparator<TagKey> BY_NAME = Comparator.comparing(TagKey::file)
            .thenComparing(TagKey::line)
            .thenComparing(TagKey::module)
            .thenComparing(TagKey::function);

    static TagKey of(CodeTag place) {
        final String module = place.module();
        return new TagKey(module == null ? "" : module, place.path(), Integer.toString(place.line()), place.function());
    }

    Tags labels() {
        return Tags.of(
                "module",
                Labels.value(module),
                "file",
                Labels.value(file),
                "line",
                line,
                "function",
                Labels.value(function));
    }

    @Override
    public int compareTo(TagKey other) {
        return BY_NAME.compare(this, other);
    }
}
