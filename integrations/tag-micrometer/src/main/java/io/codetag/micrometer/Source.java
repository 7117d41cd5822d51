package io.codetag.micrometer;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocInfo;
import io.codetag.core.Profiler;
import io.codetag.core.ProfilerTotals;
import java.util.List;

/** What the meters need of a profiler. */
interface Source {
    AllocInfo snapshot();

    ProfilerTotals totals();

    List<StorageFacts> storage();

    ProfilingState state();

    /**
     * Reads a profiler.
     *
     * @param untracked whether each allocator is asked for its blocks, to find what is untracked
     */
    static Source of(Profiler profiler, boolean untracked) {
        return new Source() {
            @Override
            public AllocInfo snapshot() {
                return profiler.snapshot();
            }

            @Override
            public ProfilerTotals totals() {
                return untracked ? profiler.totals() : profiler.recordedTotals();
            }

            @Override
            public List<StorageFacts> storage() {
                return profiler.storage();
            }

            @Override
            public ProfilingState state() {
                return profiler.state();
            }
        };
    }
}
