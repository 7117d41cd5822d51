package io.codetag.tools.leaks;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import java.time.Duration;

/**
 * A tag that grew over a series, with what was seen.
 *
 * @param place its place
 * @param first what was live when it was first seen
 * @param last what is live in the last sample
 * @param samples how many samples have it
 * @param inFirstSample whether the first sample has it: then it may be older than the series
 * @param age from the first sample that has it to the last
 * @param keptSteps from one sample to the next, how often its bytes did not shrink
 * @param grownSteps how often they grew
 * @param bytesPerSecond the slope: the median of the slopes between all pairs of samples (Theil and Sen)
 * @since 0.1
 */
public record Suspect(
        CodeTag place,
        AllocCounts first,
        AllocCounts last,
        int samples,
        boolean inFirstSample,
        Duration age,
        int keptSteps,
        int grownSteps,
        double bytesPerSecond) {
    /**
     * Returns the steps from one sample to the next.
     *
     * @return one fewer than samples
     */
    public int steps() {
        return samples - 1;
    }

    /**
     * Returns the share of steps in which the bytes did not shrink.
     *
     * @return 0 to 1
     */
    public double keptShare() {
        return (double) keptSteps / steps();
    }

    /** What suspects are ranked by: a tag that shrinks now and then ranks lower than one that never does. */
    double rank() {
        return bytesPerSecond * keptShare() * keptShare();
    }
}
