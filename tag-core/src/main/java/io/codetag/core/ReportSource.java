package io.codetag.core;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import java.util.List;

/** What reports need of a profiler. Safe for use by any thread. */
interface ReportSource {
    /** Returns the profiler's name. */
    String name();

    /** Returns the state of profiling. */
    ProfilingState state();

    /**
     * Switches recording on or off.
     *
     * @throws IllegalStateException if it cannot be switched
     */
    void record(boolean on);

    /** Reads the tags that pass a filter. */
    AllocInfo snapshot(AllocFilter filter);

    /** Reads the sums. */
    ProfilerTotals totals();

    /** Tells where references are kept. */
    List<StorageFacts> storage();

    /** Returns the number that changes with the set of tags. */
    long contentId();
}
