package io.codetag.tools.page;

import io.codetag.core.AllocInfo;
import io.codetag.tools.report.Sample;

/**
 * One moment of a series.
 *
 * @param at when, in milliseconds since 1970
 * @param totalBytes the live bytes of all tags
 * @param info the tags that were largest, or all
 */
record TimePoint(long at, long totalBytes, AllocInfo info) {
    static TimePoint of(Sample sample) {
        final long total = sample.info().entries().stream()
                .mapToLong(entry -> Math.max(0, entry.bytes()))
                .sum();
        return new TimePoint(sample.takenAt().toEpochMilli(), total, sample.info());
    }

    /** Returns the same moment with the largest tags only. */
    TimePoint top(int most) {
        return new TimePoint(at, totalBytes, info.top(most));
    }
}
