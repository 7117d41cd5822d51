package io.codetag.tools.leaks;

import io.codetag.tools.report.Timelines;
import io.codetag.tools.report.Timelines.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for tags that grow and do not stop.
 *
 * <p>A tag is suspected if it is in enough samples, the last one among them; owns more than when it was first seen; kept its
 * bytes in enough of the steps from one sample to the next; and has a slope above 0. The slope is the median of the slopes
 * between all pairs of samples. It is 0 for what grew once and then stayed, such as a cache that was filled, and a few
 * outliers do not move it. Of a series of more than {@value #POINTS} samples that many, evenly chosen, are taken for it.
 *
 * @param leastSamples in how many samples a tag has to be, 3 or more
 * @param leastKept the share of steps in which its bytes did not shrink, 0 to 1
 * @since 0.1
 */
public record LeakSearch(int leastSamples, double leastKept) {
    /** The fewest samples that tell anything. */
    public static final int LEAST_SAMPLES = 3;

    static final int POINTS = 200;

    /**
     * Checks the bounds.
     *
     * @param leastSamples in how many samples
     * @param leastKept the share of steps
     */
    public LeakSearch {
        if (leastSamples < LEAST_SAMPLES) {
            throw new IllegalArgumentException(
                    "leastSamples is " + leastSamples + "; accepted: " + LEAST_SAMPLES + " or more");
        }
        if (!(leastKept >= 0 && leastKept <= 1)) {
            throw new IllegalArgumentException("leastKept is " + leastKept + "; accepted: 0 to 1");
        }
    }

    /**
     * Ranks the tags of a series.
     *
     * @param series the series
     * @return those that look like leaks, the strongest first
     */
    public List<Suspect> rank(Timelines series) {
        final List<Suspect> suspects = new ArrayList<>();
        for (Line line : series.lines()) {
            final Suspect suspect = suspect(line, series.times());
            if (suspect != null) {
                suspects.add(suspect);
            }
        }
        suspects.sort(Comparator.comparingDouble(Suspect::rank).reversed().thenComparing(suspect -> suspect.place()
                .toString()));
        return suspects;
    }

    private @Nullable Suspect suspect(Line line, List<Instant> times) {
        final int end = times.size() - 1;
        if (!line.isIn(end)) {
            return null;
        }
        int start = 0;
        while (!line.isIn(start)) {
            start++;
        }
        final int samples = end - start + 1; // a tag that is gone and comes back owned nothing in between
        if (samples < leastSamples || line.at(end).bytes() <= line.at(start).bytes()) {
            return null;
        }
        int kept = 0;
        int grown = 0;
        for (int i = start + 1; i <= end; i++) {
            final long step = line.at(i).bytes() - line.at(i - 1).bytes();
            kept += step >= 0 ? 1 : 0;
            grown += step > 0 ? 1 : 0;
        }
        if (kept < leastKept * (samples - 1)) {
            return null;
        }
        final double slope = slope(line, times, start);
        return slope > 0
                ? new Suspect(
                        line.place(),
                        line.at(start),
                        line.at(end),
                        samples,
                        start == 0,
                        Duration.between(times.get(start), times.get(end)),
                        kept,
                        grown,
                        slope)
                : null;
    }

    /** Returns the slope in bytes a second. */
    private static double slope(Line line, List<Instant> times, int start) {
        final int samples = times.size() - start;
        final int points = Math.min(samples, POINTS);
        final double[] seconds = new double[points];
        final double[] bytes = new double[points];
        for (int i = 0; i < points; i++) {
            final int sample = start + (int) ((long) i * (samples - 1) / (points - 1));
            seconds[i] = Duration.between(times.get(start), times.get(sample)).toNanos() / 1e9;
            bytes[i] = line.at(sample).bytes();
        }
        return TheilSen.slope(seconds, bytes);
    }
}
