package io.codetag.tools.jfr;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.report.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of codetag together again. A sample is whole if as many tags were found as the mark at its end says;
 * others are left out, as the beginning or the end of a recording may cut one in two.
 */
final class SampleCollector {
    static final String TAG = "io.codetag.AllocTag";
    static final String MARK = "io.codetag.AllocSample";

    /** What all tags without an event of their own are shown as, so that they are the same line in each sample. */
    static final CodeTag REST = new CodeTag(null, "", "(rest)", 0, "(rest)");

    private final Map<Long, List<AllocEntry>> tags = new HashMap<>();

    /** The marks of one profiler, by the number of the sample. */
    private final Map<String, Map<Long, Mark>> marks = new TreeMap<>();

    /** Takes note of an event, if it is one of ours. */
    void accept(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case TAG ->
                tags.computeIfAbsent(event.getLong("sample"), absent -> new ArrayList<>())
                        .add(entry(event));
            case MARK ->
                marks.computeIfAbsent(
                                Objects.requireNonNullElse(event.getString("profiler"), ""), absent -> new TreeMap<>())
                        .put(event.getLong("sample"), new Mark(event));
            default -> {
                // of the JDK, or of somebody else
            }
        }
    }

    /** Says whether there was any event of ours. */
    boolean isEmpty() {
        return tags.isEmpty() && marks.isEmpty();
    }

    /** Returns the names of the profilers that have a whole sample. */
    List<String> profilers() {
        return marks.keySet().stream().filter(name -> !samples(name).isEmpty()).toList();
    }

    /** Returns the whole samples of one profiler, oldest first. */
    List<Sample> samples(String profiler) {
        final List<Sample> whole = new ArrayList<>();
        marks.getOrDefault(profiler, Map.of()).forEach((number, mark) -> {
            final List<AllocEntry> entries = tags.getOrDefault(number, List.of());
            if (entries.size() == mark.events()) {
                whole.add(new Sample(
                        mark.takenAt(), new AllocInfo(mark.contentIdBefore(), mark.contentIdAfter(), entries)));
            }
        });
        whole.sort(Comparator.comparing(Sample::takenAt));
        return whole;
    }

    private static AllocEntry entry(RecordedEvent event) {
        final String function = event.getString("function");
        final CodeTag place = function == null
                ? REST
                : place(event.getString("className"), event.getString("file"), event.getInt("line"), function)
                        .inModule(event.getString("module"));
        final String declaring = event.getString("declaringFunction");
        final CodeTag declaration = declaring == null
                ? place
                : place(
                                event.getString("declaringClass"),
                                event.getString("declaringFile"),
                                event.getInt("declaringLine"),
                                declaring)
                        .inModule(place.module());
        return new AllocEntry(
                0,
                place,
                function == null ? null : declaration,
                new AllocCounts(event.getLong("bytes"), event.getLong("calls")),
                event.getBoolean("accurate"),
                "unloaded".equals(event.getString("state")));
    }

    /** Takes the folders off a path again, which come from the package of the class. */
    private static CodeTag place(@Nullable String className, @Nullable String path, int line, String function) {
        final String type = className == null ? "" : className;
        final String shown = path == null ? "" : path;
        final CodeTag unnamed = new CodeTag(null, type, type.isEmpty() ? shown : null, line, function);
        if (type.isEmpty() || unnamed.path().equals(shown)) {
            return unnamed;
        }
        final int folders = type.lastIndexOf('.') + 1;
        return new CodeTag(null, type, shown.length() > folders ? shown.substring(folders) : shown, line, function);
    }

    /** The end of a sample. */
    private record Mark(java.time.Instant takenAt, int events, long contentIdBefore, long contentIdAfter) {
        Mark(RecordedEvent event) {
            this(
                    event.getStartTime(),
                    event.getInt("events"),
                    event.getLong("contentIdBefore"),
                    event.getLong("contentIdAfter"));
        }
    }
}
