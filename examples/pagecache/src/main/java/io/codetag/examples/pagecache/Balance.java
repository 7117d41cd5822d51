package io.codetag.examples.pagecache;

import io.codetag.PageTotals;
import io.codetag.allocator.PageAllocator;

/**
 * The comparison of three numbers that are counted in three ways: what the profiler recorded, what it finds allocated
 * without a tag, and what the allocator says it has handed out.
 *
 * @param pages bytes of recorded blocks
 * @param untracked bytes of blocks without a tag; -1 if the profiler cannot tell
 * @param allocated bytes that the allocator has handed out
 */
record Balance(long pages, long untracked, long allocated) {
    /**
     * Reads the numbers; nothing may be allocated or freed meanwhile.
     *
     * @param allocator the allocator
     * @return the numbers
     */
    static Balance of(PageAllocator allocator) {
        final PageTotals totals = allocator.tagger().totals();
        return new Balance(totals.bytes(), totals.untracked().orElse(-1), allocator.allocatedBytes());
    }

    /**
     * Says whether every byte is accounted for.
     *
     * @return whether the sums are equal and nothing is untracked
     */
    boolean holds() {
        return untracked == 0 && pages == allocated;
    }

    @Override
    public String toString() {
        return "pages %,d + untracked %,d = %,d bytes; the allocator says %,d: %s"
                .formatted(pages, untracked, pages + untracked, allocated, verdict());
    }

    private String verdict() {
        if (pages + untracked != allocated) {
            return "%,d bytes off".formatted(pages + untracked - allocated);
        }
        return untracked == 0 ? "equal" : "equal, but %,d bytes have no tag".formatted(untracked);
    }
}
