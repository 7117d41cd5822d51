package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.OverflowPolicy;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A profiler whose tags a test sets. */
final class FakeReportSource implements ReportSource {
    final List<AllocEntry> entries = new ArrayList<>();
    ProfilingState state = ProfilingState.COLD;
    long contentId = 1;
    int snapshots;

    private final String name;

    FakeReportSource(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProfilingState state() {
        return state;
    }

    @Override
    public void record(boolean on) {
        if (state == ProfilingState.NEVER) {
            throw new IllegalStateException("profiling was ruled out at start");
        }
        state = on ? ProfilingState.ON : ProfilingState.DRAINING;
    }

    @Override
    public AllocInfo snapshot(AllocFilter filter) {
        snapshots++;
        return new AllocInfo(contentId, contentId, entries).filter(filter);
    }

    @Override
    public ProfilerTotals totals() {
        return new ProfilerTotals(
                List.of(
                        new PageTotals("cache", 4096, 1, OptionalLong.of(8192)),
                        new PageTotals("arena", 0, 0, OptionalLong.empty())),
                new AllocCounts(640, 10),
                81_920);
    }

    @Override
    public List<StorageFacts> storage() {
        return List.of(
                new StorageFacts(
                        "cache",
                        "pageflags",
                        11,
                        26,
                        2046,
                        1037,
                        OverflowPolicy.SPILL,
                        "pageext",
                        2047,
                        true,
                        null,
                        5,
                        "fits"),
                new StorageFacts(
                        "arena",
                        "none",
                        0,
                        0,
                        0,
                        3,
                        OverflowPolicy.DISABLE,
                        null,
                        0,
                        false,
                        "too few bits",
                        0,
                        "asked"));
    }

    @Override
    public long contentId() {
        return contentId;
    }
}
