package io.codetag.tools.report;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a series, each with its counts over time.
 *
 * <p>A tag is known by its declaration if every entry of every sample has one, else by its place. Entries of one sample that
 * are the same tag by this rule are added up.
 *
 * <p><b>Thread safety.</b> Immutable, if the samples are.
 *
 * @param times when the samples were taken, oldest first
 * @param lines one for each tag
 * @since 0.1
 */
public record Timelines(List<Instant> times, List<Line> lines) {
    /**
     * Copies the lists.
     *
     * @param times when the samples were taken
     * @param lines one for each tag
     */
    public Timelines {
        times = List.copyOf(times);
        lines = List.copyOf(lines);
    }

    /**
     * Joins the samples of a series.
     *
     * @param samples the series, oldest first
     * @return the tags, in the order in which they came up
     */
    public static Timelines of(List<Sample> samples) {
        final boolean declared = samples.stream()
                .flatMap(sample -> sample.info().entries().stream())
                .allMatch(entry -> entry.declaration() != null);
        final Map<Object, Line> lines = new LinkedHashMap<>();
        for (int i = 0; i < samples.size(); i++) {
            for (AllocEntry entry : samples.get(i).info().entries()) {
                lines.computeIfAbsent(keyOf(entry, declared), absent -> new Line(entry.place(), samples.size()))
                        .add(i, entry.counts());
            }
        }
        return new Timelines(samples.stream().map(Sample::takenAt).toList(), List.copyOf(lines.values()));
    }

    private static Object keyOf(AllocEntry entry, boolean declared) {
        final CodeTag declaration = entry.declaration();
        return declared && declaration != null ? declaration : new Shown(entry.place());
    }

    /** What a report shows of a place: two places that read alike are one. */
    private record Shown(String path, int line, @Nullable String module, String function) {
        Shown(CodeTag place) {
            this(place.path(), place.line(), place.module(), place.function());
        }
    }

    /**
     * One tag over time.
     *
     * @since 0.1
     */
    public static final class Line {
        private final CodeTag place;
        private final @Nullable AllocCounts[] counts;

        private Line(CodeTag place, int samples) {
            this.place = place;
            this.counts = new AllocCounts[samples];
        }

        private void add(int sample, AllocCounts more) {
            final AllocCounts before = counts[sample];
            counts[sample] = before == null ? more : before.plus(more);
        }

        /**
         * Returns the tag's place.
         *
         * @return where it was in the first sample that has it
         */
        public CodeTag place() {
            return place;
        }

        /**
         * Says what was live.
         *
         * @param sample the number of the sample, from 0
         * @return bytes and calls; zero if the sample does not have the tag
         */
        public AllocCounts at(int sample) {
            final AllocCounts then = counts[sample];
            return then == null ? AllocCounts.ZERO : then;
        }

        /**
         * Says whether a sample has the tag.
         *
         * @param sample the number of the sample, from 0
         * @return whether it has
         */
        public boolean isIn(int sample) {
            return counts[sample] != null;
        }
    }
}
