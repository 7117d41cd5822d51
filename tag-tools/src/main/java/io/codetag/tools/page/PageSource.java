package io.codetag.tools.page;

import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerTotals;
import io.codetag.tools.report.ReportException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a served page shows. Called by several threads. */
public interface PageSource {
    /**
     * Says what it is, for people.
     *
     * @return such as the name of a profiler or of a process
     */
    String name();

    /**
     * Reads the tags.
     *
     * @param filter which
     * @return what is live now
     * @throws ReportException if it cannot be read; the message is shown to the reader
     */
    AllocInfo snapshot(AllocFilter filter) throws ReportException;

    /**
     * Sums up.
     *
     * @param untracked whether to look for what is untracked, which may take time for each page
     * @return the totals; null if they are not known
     */
    @Nullable
    ProfilerTotals totals(boolean untracked);

    /**
     * Says where references are kept.
     *
     * @return the facts; null if they are not known
     */
    @Nullable
    List<StorageFacts> storage();

    /**
     * Says whether allocations are recorded.
     *
     * @return the state; null if it is not known
     */
    @Nullable
    ProfilingState state();

    /**
     * Switches recording on or off.
     *
     * @param on whether allocations are recorded from now on
     * @throws IllegalStateException if that is not possible; the message is shown to the reader
     */
    void record(boolean on);
}
