package io.codetag.benchmarks.paired;

import io.codetag.benchmarks.results.Medians;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run measured.
 *
 * @param pairs how many pairs each time is of, for each thread
 * @param rounds for each round the time of each variant, in nanoseconds
 */
record Samples(int pairs, List<long[]> rounds) {
    /** Returns the median time of a pair, in nanoseconds. */
    double nanos(int variant) {
        return median(times -> (double) times[variant] / pairs);
    }

    /** Returns the shortest time of a pair, in nanoseconds. */
    double minNanos(int variant) {
        return rounds.stream()
                .mapToDouble(times -> (double) times[variant] / pairs)
                .min()
                .orElseThrow();
    }

    /** Returns the median of what a pair takes longer than the baseline's in the same round, in nanoseconds. */
    double addedNanos(int variant) {
        return median(times -> (double) (times[variant] - times[0]) / pairs);
    }

    /** Returns the median of what a pair takes longer than the baseline's in the same round, in per cent of it. */
    double addedPercent(int variant) {
        return median(times -> 100.0 * (times[variant] - times[0]) / times[0]);
    }

    private double median(ToDoubleFunction<long[]> value) {
        return Medians.of(rounds.stream().mapToDouble(value).toArray());
    }
}
