package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.PageTotals;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The sums of a profiler.
 *
 * @param pages the sums of each attached allocator
 * @param charged memory that is no page
 * @param ownBytes bytes that the profiler itself takes at this moment: tags, counters, stores; charged to no tag
 * @since 0.1
 */
public record ProfilerTotals(List<PageTotals> pages, AllocCounts charged, long ownBytes) {
    /**
     * Copies the list.
     *
     * @param pages the sums of each attached allocator
     * @param charged memory that is no page
     * @param ownBytes bytes that the profiler itself takes
     */
    public ProfilerTotals {
        pages = List.copyOf(pages);
        Objects.requireNonNull(charged, "charged");
    }

    /**
     * Adds up the recorded pages of all allocators.
     *
     * @return bytes and blocks
     */
    public AllocCounts recorded() {
        AllocCounts sum = AllocCounts.ZERO;
        for (PageTotals each : pages) {
            sum = sum.plus(new AllocCounts(each.bytes(), each.calls()));
        }
        return sum;
    }

    /**
     * Adds up the allocated pages without a tag of all allocators.
     *
     * @return bytes; empty if one of the allocators cannot tell its blocks
     */
    public OptionalLong untracked() {
        long sum = 0;
        for (PageTotals each : pages) {
            if (each.untracked().isEmpty()) {
                return OptionalLong.empty();
            }
            sum += each.untracked().getAsLong();
        }
        return OptionalLong.of(sum);
    }
}
