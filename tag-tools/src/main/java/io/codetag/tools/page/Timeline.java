package io.codetag.tools.page;

import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A series as the page draws it: the total, and a line for each of the tags that were largest at some moment. */
final class Timeline {
    private final List<TimePoint> points;
    private final List<Line> lines;

    private Timeline(List<TimePoint> points, List<Line> lines) {
        this.points = points;
        this.lines = lines;
    }

    /**
     * Draws a series.
     *
     * @param points oldest first
     * @param most so many tags at most, largest first
     */
    static Timeline of(List<TimePoint> points, int most) {
        final boolean declared = points.stream()
                .flatMap(point -> point.info().entries().stream())
                .allMatch(entry -> entry.declaration() != null);
        final Map<Object, Line> lines = new HashMap<>();
        for (int i = 0; i < points.size(); i++) {
            for (AllocEntry entry : points.get(i).info().entries()) {
                lines.computeIfAbsent(
                                        keyOf(entry, declared),
                                        absent -> new Line(Place.of(entry.place()), new long[points.size()]))
                                .bytes[i] +=
                        Math.max(0, entry.bytes());
            }
        }
        return new Timeline(
                points,
                lines.values().stream()
                        .filter(line -> line.peak() > 0)
                        .sorted(Comparator.comparingLong(line -> -line.peak()))
                        .limit(most)
                        .toList());
    }

    /** Writes it as a value. */
    void write(JsonOut json, StringTable strings) throws IOException {
        json.begin('{').name("times").begin('[');
        for (TimePoint point : points) {
            json.value(point.at());
        }
        json.end(']').name("total").begin('[');
        for (TimePoint point : points) {
            json.value(point.totalBytes());
        }
        json.end(']').name("lines").begin('[');
        for (Line line : lines) {
            line.write(json, strings);
        }
        json.end(']').end('}');
    }

    /** The declaration tells who a tag is; the place does where a declaration is missing somewhere. */
    private static Object keyOf(AllocEntry entry, boolean declared) {
        final CodeTag declaration = entry.declaration();
        return declared && declaration != null ? declaration : Place.of(entry.place());
    }

    /** One tag over time: its live bytes, one for each point; 0 where it was not there. */
    private static final class Line {
        final Place place;
        final long[] bytes;

        Line(Place place, long[] bytes) {
            this.place = place;
            this.bytes = bytes;
        }

        long peak() {
            long peak = 0;
            for (long each : bytes) {
                peak = Math.max(peak, each);
            }
            return peak;
        }

        void write(JsonOut json, StringTable strings) throws IOException {
            json.begin('{').name("place").begin('[');
            place.write(json, strings);
            json.end(']').name("bytes").begin('[');
            for (long each : bytes) {
                json.value(each);
            }
            json.end(']').end('}');
        }
    }
}
