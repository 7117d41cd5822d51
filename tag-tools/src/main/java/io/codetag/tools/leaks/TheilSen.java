package io.codetag.tools.leaks;

import java.util.Arrays;

/** The slope of Theil and Sen: the median of the slopes between all pairs of points. */
final class TheilSen {
    private TheilSen() {}

    /** Returns the slope; 0 if no two points lie apart in x. */
    static double slope(double[] x, double[] y) {
        final double[] slopes = new double[x.length * (x.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                if (x[i] != x[j]) {
                    slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
        }
        if (count == 0) {
            return 0;
        }
        Arrays.sort(slopes, 0, count);
        return (slopes[(count - 1) / 2] + slopes[count / 2]) / 2;
    }
}
