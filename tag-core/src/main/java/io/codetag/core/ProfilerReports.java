package io.codetag.core;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import java.util.List;

/** What management reads of a profiler. */
record ProfilerReports(Profiler profiler) implements ReportSource {
    @Override
    public String name() {
        return profiler.name();
    }

    @Override
    public ProfilingState state() {
        return profiler.state();
    }

    @Override
    public void record(boolean on) {
        profiler.record(on);
    }

    @Override
    public AllocInfo snapshot(AllocFilter filter) {
        return profiler.snapshot(filter);
    }

    @Override
    public ProfilerTotals totals() {
        return profiler.totals();
    }

    @Override
    public List<StorageFacts> storage() {
        return profiler.storage();
    }

    @Override
    public long contentId() {
        return profiler.contentId();
    }
}
