package io.codetag.testkit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What owners of pages wrote into the bits that they have claimed.
 *
 * <p><b>Thread safety.</b> Safe: bits that one thread forgets do not bring back those that another has just written.
 */
final class WrittenBits {
    private final ConcurrentMap<Long, Long> byPage = new ConcurrentHashMap<>();

    /** Takes some bits of a page's word. */
    void store(long pfn, long word, long mask) {
        byPage.merge(pfn, word & mask, (former, now) -> (former & ~mask) | now);
    }

    /** Forgets bits of every page. */
    void clear(long mask) {
        byPage.replaceAll((pfn, word) -> word & ~mask);
    }

    /** Returns the bits of one page; 0 where nothing was written. */
    long of(long pfn) {
        return byPage.getOrDefault(pfn, 0L);
    }
}
