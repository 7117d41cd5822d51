package io.codetag.tools.page;

import io.codetag.ProfilingState;
import io.codetag.core.ProfilerTotals;
import io.codetag.tools.report.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one page shows.
 *
 * @param title what it is about, for people
 * @param source where it was read from, for people; may be empty
 * @param current the report
 * @param baseline an older report that it is compared with; null for none
 * @param series reports over time, oldest first; fewer than two draw no timeline
 * @param totals the sums of the profiler, where they are known
 * @param state the state of profiling, where it is known
 */
public record PageContent(
        String title,
        String source,
        Sample current,
        @Nullable Sample baseline,
        List<Sample> series,
        @Nullable ProfilerTotals totals,
        @Nullable ProfilingState state) {
    /**
     * Copies the list.
     *
     * @param title what it is about
     * @param source where it was read from
     * @param current the report
     * @param baseline an older report
     * @param series reports over time
     * @param totals the sums of the profiler
     * @param state the state of profiling
     */
    public PageContent {
        series = List.copyOf(series);
    }

    /**
     * Shows a report alone.
     *
     * @param title what it is about
     * @param source where it was read from
     * @param current the report
     * @return the content
     */
    public static PageContent of(String title, String source, Sample current) {
        return new PageContent(title, source, current, null, List.of(), null, null);
    }

    /**
     * Compares with an older report.
     *
     * @param older the older report; null for none
     * @return the content
     */
    public PageContent comparedWith(@Nullable Sample older) {
        return new PageContent(title, source, current, older, series, totals, state);
    }

    /**
     * Adds a timeline.
     *
     * @param samples reports over time, oldest first
     * @return the content
     */
    public PageContent over(List<Sample> samples) {
        return new PageContent(title, source, current, baseline, samples, totals, state);
    }

    /**
     * Adds what a profiler says of itself.
     *
     * @param sums its sums
     * @param current its state
     * @return the content
     */
    public PageContent with(ProfilerTotals sums, ProfilingState current) {
        return new PageContent(title, source, this.current, baseline, series, sums, current);
    }
}
