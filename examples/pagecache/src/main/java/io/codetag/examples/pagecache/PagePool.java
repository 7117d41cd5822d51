package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import io.codetag.examples.pagecache.spi.HostPages;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * All page memory of this program: an allocator, and a valve that evicts cached blocks when it runs short.
 *
 * <p>Has no tag of its own. Whoever allocates hands its tag down, or leaves it to the current one.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class PagePool implements HostPages, AutoCloseable {
    private final PageAllocator allocator;
    private volatile BooleanSupplier valve = () -> false;

    /**
     * Makes a pool.
     *
     * @param name its name in reports
     * @param bytes its size, at least one page
     */
    PagePool(String name, long bytes) {
        allocator = PageAllocator.builder(name, bytes / PAGE_BYTES)
                .pageSize(PAGE_BYTES)
                .build();
    }

    /**
     * Sets what to do when there is no block.
     *
     * @param evict frees some cached block, or says that there is none
     */
    void onShortage(BooleanSupplier evict) {
        valve = evict;
    }

    @Override
    public long allocate(int order, AllocTag tag) {
        long pfn = allocator.tryAllocate(order, tag);
        while (pfn < 0 && valve.getAsBoolean()) {
            pfn = allocator.tryAllocate(order, tag);
        }
        return pfn >= 0 ? pfn : allocator.allocate(order, tag); // throws, and has the largest tags logged
    }

    /**
     * Allocates a block if there is one, without evicting anything for it.
     *
     * @param order log2 of its pages
     * @param tag who allocates
     * @return the first page; below 0 if there is none
     */
    long tryAllocate(int order, AllocTag tag) {
        return allocator.tryAllocate(order, tag);
    }

    /**
     * Allocates a block for the current tag of this thread.
     *
     * @param order log2 of its pages
     * @return the first page
     */
    long allocate(int order) {
        return allocate(order, AllocTags.current());
    }

    /**
     * Makes several smaller blocks of one, all in use.
     *
     * @param pfn its first page
     * @param order log2 of the pages of each
     */
    void split(long pfn, int order) {
        allocator.split(pfn, order);
    }

    @Override
    public void trim(long pfn, int order) {
        allocator.trim(pfn, order);
    }

    @Override
    public void free(long pfn) {
        allocator.free(pfn);
    }

    @Override
    public ByteBuffer buffer(long pfn) {
        return allocator.buffer(pfn);
    }

    /**
     * Returns the allocator, which knows its own sums.
     *
     * @return the allocator
     */
    PageAllocator allocator() {
        return allocator;
    }

    @Override
    public void close() {
        allocator.close();
    }
}
