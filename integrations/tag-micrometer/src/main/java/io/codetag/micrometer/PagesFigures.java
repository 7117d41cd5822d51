package io.codetag.micrometer;

import io.codetag.PageTotals;
import java.util.Comparator;
import java.util.Map;

/**
 * The sums of the allocators of one name.
 *
 * @param bytes bytes of recorded live blocks
 * @param calls recorded live blocks
 * @param untracked bytes of allocated blocks without a tag; of those allocators that can tell
 */
record PagesFigures(long bytes, long calls, long untracked) {
    static final PagesFigures ZERO = new PagesFigures(0, 0, 0);

    /** The largest first. */
    static final Comparator<Map.Entry<String, PagesFigures>> ORDER = Comparator.comparing(
                    Map.Entry<String, PagesFigures>::getValue,
                    Comparator.comparingLong(PagesFigures::bytes).reversed())
            .thenComparing(Map.Entry::getKey);

    static PagesFigures of(PageTotals totals) {
        return new PagesFigures(
                Math.max(0, totals.bytes()),
                Math.max(0, totals.calls()),
                totals.untracked().orElse(0));
    }

    PagesFigures plus(PagesFigures other) {
        return new PagesFigures(bytes + other.bytes, calls + other.calls, untracked + other.untracked);
    }
}
