package io.codetag.benchmarks.results;

import java.util.Arrays;

/** Medians. */
public final class Medians {
    private Medians() {}

    /**
     * Returns the median.
     *
     * @param values at least one; in any order, left as they are
     * @return the middle one; the mean of the two in the middle if their number is even
     */
    public static double of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing has no median");
        }
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
