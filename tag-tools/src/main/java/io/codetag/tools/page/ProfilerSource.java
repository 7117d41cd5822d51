package io.codetag.tools.page;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.Profiler;
import io.codetag.core.ProfilerTotals;
import java.util.List;

/**
 * A profiler of this program.
 *
 * @param profiler the profiler
 */
public record ProfilerSource(Profiler profiler) implements PageSource {
    @Override
    public String name() {
        return "profiler '" + profiler.name() + "' of process "
                + ProcessHandle.current().pid();
    }

    @Override
    public AllocInfo snapshot(AllocFilter filter) {
        return profiler.snapshot(filter);
    }

    @Override
    public ProfilerTotals totals(boolean untracked) {
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

    @Override
    public void record(boolean on) {
        profiler.record(on);
    }
}
