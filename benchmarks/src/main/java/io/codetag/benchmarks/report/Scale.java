package io.codetag.benchmarks.report;

/**
 * Where a number lies on an axis.
 *
 * @param low the number at the begin
 * @param high the number at the end
 * @param begin where the axis begins
 * @param end where it ends
 * @param logarithmic whether equal distances are equal factors
 */
record Scale(double low, double high, double begin, double end, boolean logarithmic) {
    /** Makes an axis that has all numbers, and 0 unless it is logarithmic. */
    static Scale of(double lowest, double highest, double begin, double end, boolean logarithmic) {
        if (logarithmic) {
            final double low = Math.pow(10, Math.floor(Math.log10(Math.max(lowest, 0.1))));
            return new Scale(low, Math.max(highest, 10 * low), begin, end, true);
        }
        final double low = Math.min(0, lowest);
        return new Scale(low, highest > low ? highest : low + 1, begin, end, false);
    }

    double at(double number) {
        final double part = logarithmic
                ? (Math.log10(Math.max(number, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (number - low) / (high - low);
        return begin + part * (end - begin);
    }

    /** Returns where bars begin. */
    double origin() {
        return at(logarithmic ? low : 0);
    }
}
