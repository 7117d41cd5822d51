package io.codetag.testkit;

import io.codetag.BlockOrders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The pages of an allocator without memory: knows which blocks are allocated, and nothing else. A {@link RandomProgram}
 * allocates and frees them.
 *
 * <p>Hand it to the description of the pages as their {@code orders}, and the tagger can tell what is untracked.
 *
 * <p><b>Thread safety.</b> {@link #orderAt} may be called by any thread at any time.
 *
 * @since 0.1
 */
public final class ImaginaryAllocator implements BlockOrders {
    private final ConcurrentSkipListMap<Long, Integer> blocks = new ConcurrentSkipListMap<>();
    private final int maxOrder;
    private volatile long pageCount;

    /**
     * Makes an allocator whose pages are all free.
     *
     * @param pageCount the number of pages, at least 1
     * @param maxOrder the largest order of a block, 0 or more
     */
    public ImaginaryAllocator(long pageCount, int maxOrder) {
        if (pageCount < 1 || maxOrder < 0) {
            throw new IllegalArgumentException(pageCount + " pages and orders up to " + maxOrder);
        }
        this.pageCount = pageCount;
        this.maxOrder = maxOrder;
    }

    /**
     * Returns the number of pages.
     *
     * @return pages
     */
    public long pageCount() {
        return pageCount;
    }

    /**
     * Returns the largest order of a block.
     *
     * @return the order
     */
    public int maxOrder() {
        return maxOrder;
    }

    /**
     * Returns the number of pages that are allocated at this moment.
     *
     * @return pages
     */
    public long allocatedPages() {
        return blocks.values().stream().mapToLong(order -> 1L << order).sum();
    }

    @Override
    public int orderAt(long pfn) {
        return blocks.getOrDefault(pfn, -1);
    }

    /** Says whether all pages of a block are there and free. */
    boolean isFree(long pfn, int order) {
        if (pfn < 0 || pfn > pageCount - (1L << order)) {
            return false;
        }
        final Map.Entry<Long, Integer> before = blocks.lowerEntry(pfn + (1L << order));
        return before == null || before.getKey() + (1L << before.getValue()) <= pfn;
    }

    /** Allocates a block, or gives an allocated one another order. */
    void put(long pfn, int order) {
        blocks.put(pfn, order);
    }

    void free(long pfn) {
        blocks.remove(pfn);
    }

    void grow(long newPageCount) {
        pageCount = newPageCount;
    }

    /** Returns the heads of the allocated blocks in ascending order. */
    List<Long> heads() {
        return List.copyOf(blocks.keySet());
    }
}
