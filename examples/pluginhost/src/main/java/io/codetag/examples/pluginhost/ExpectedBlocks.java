package io.codetag.examples.pluginhost;

import io.codetag.AllocCounts;
import io.codetag.allocator.PageAllocator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What the account of one tenant ought to be, built from nothing but what the tenant says it holds: a plain map from
 * blocks to codes.
 */
final class ExpectedBlocks {
    private final PageAllocator pages;
    private final Map<Long, Integer> recorded = new HashMap<>();
    private final Map<Long, Integer> unrecorded = new HashMap<>();

    ExpectedBlocks(PageAllocator pages) {
        this.pages = pages;
    }

    /** Takes over what a tenant holds now; new blocks have a reference if their code passes the test. */
    void update(Map<Integer, List<Long>> ledger, IntPredicate isRecorded) {
        final Set<Long> held = new HashSet<>();
        ledger.values().forEach(held::addAll);
        recorded.keySet().retainAll(held);
        unrecorded.keySet().retainAll(held);
        ledger.forEach((code, blocks) -> blocks.forEach(pfn -> {
            if (!recorded.containsKey(pfn) && !unrecorded.containsKey(pfn)) {
                (isRecorded.test(code) ? recorded : unrecorded).put(pfn, code);
            }
        }));
    }

    /** Returns what a report should say, by code; tags that hold nothing are left out. */
    Map<Integer, AllocCounts> counts() {
        final Map<Integer, AllocCounts> counts = new TreeMap<>();
        recorded.forEach((pfn, code) -> counts.merge(code, new AllocCounts(bytes(pfn), 1), AllocCounts::plus));
        return counts;
    }

    long recordedBytes() {
        return recorded.keySet().stream().mapToLong(this::bytes).sum();
    }

    long unrecordedBytes() {
        return unrecorded.keySet().stream().mapToLong(this::bytes).sum();
    }

    /** Frees the blocks that the tenant left behind. */
    void freeAll() {
        recorded.keySet().forEach(pages::free);
        unrecorded.keySet().forEach(pages::free);
        recorded.clear();
        unrecorded.clear();
    }

    private long bytes(long pfn) {
        return (long) pages.pageSize() << pages.orderOf(pfn);
    }
}
