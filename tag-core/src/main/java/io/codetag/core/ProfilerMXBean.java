package io.codetag.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profiler as seen by JMX: {@code io.codetag:type=Profiler,name=<profiler>}.
 *
 * <p>The name is quoted where JMX needs it. If it is taken, {@code -2}, {@code -3} and so on is put behind it.
 *
 * @since 0.1
 */
public interface ProfilerMXBean {
    /** The most entries on one page of a report. */
    int MAX_PAGE_SIZE = 1000;

    /**
     * Returns the profiler's name.
     *
     * @return the name, without what JMX needs
     */
    String getName();

    /**
     * Returns the state of profiling.
     *
     * @return never, cold, on or draining
     */
    String getState();

    /**
     * Returns a number that changes with each load and unload of a module and each registration of a tag.
     *
     * @return the content id
     */
    long getContentId();

    /**
     * Tells where the references of each allocator are kept, and why.
     *
     * @return one for each attached allocator
     */
    List<StorageInfo> getStorage();

    /**
     * Returns the sums: pages of each allocator, charged memory, the profiler's own memory. Reads each allocator's
     * blocks, so it takes time proportional to their number.
     *
     * @return the sums
     */
    TotalsInfo getTotals();

    /**
     * Begins to record allocations.
     *
     * @throws IllegalStateException if profiling was ruled out at start
     */
    void switchOn();

    /** Stops recording allocations. Frees of what was recorded are still credited. */
    void switchOff();

    /**
     * Returns one page of a report.
     *
     * <p>Page 0 takes a new snapshot. Other pages are cut from the snapshot that page 0 took for the same arguments
     * (format, page and page size aside), as long as it is kept: the last 8 are, while there is memory. Otherwise a
     * new one is taken, and {@link ReportPage#getReportId()} differs.
     *
     * @param module the module; "" for core tags only; null or {@code *} for any
     * @param function the function; null, "" or {@code *} for any
     * @param file the path as printed, or its end from some slash on; null, "" or {@code *} for any
     * @param minBytes at least so many live bytes; 0 or more
     * @param sort bytes, calls or place
     * @param top how many of the largest tags by bytes are kept; 0 for all
     * @param format text-1.0, text-2.0, json or human
     * @param page the number of the page, 0 or more; beyond the last one it is empty
     * @param pageSize the most entries on a page, 1 to {@value #MAX_PAGE_SIZE}
     * @return the page
     * @throws IllegalArgumentException if an argument is out of range; the message names it and what is accepted
     */
    ReportPage report(
            @Nullable String module,
            @Nullable String function,
            @Nullable String file,
            long minBytes,
            String sort,
            int top,
            String format,
            int page,
            int pageSize);
}
