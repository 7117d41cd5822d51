package io.codetag.tools.cli;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerTotals;
import io.codetag.tools.page.PageSource;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.source.ReportSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves any source of reports: it is read again for each request, one at a time. It cannot be switched from here. */
final class ServedSource implements PageSource {
    private final ReportSource source;
    private @Nullable ProfilingState state;

    ServedSource(ReportSource source, Reading first) {
        this.source = source;
        this.state = first.state();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public synchronized AllocInfo snapshot(AllocFilter filter) throws ReportException {
        final Reading reading = source.read();
        state = reading.state();
        return reading.last().info().filter(filter);
    }

    @Override
    public @Nullable ProfilerTotals totals(boolean untracked) {
        return null;
    }

    @Override
    public @Nullable List<StorageFacts> storage() {
        return null;
    }

    @Override
    public synchronized @Nullable ProfilingState state() {
        return state;
    }

    @Override
    public void record(boolean on) {
        throw new IllegalStateException("a program cannot be switched through this page; use its own, or JMX");
    }
}
