package io.codetag.allocator;

import static io.codetag.allocator.PageAllocator.NO_PAGE;

import io.codetag.AllocTag;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * A part of an allocator that one thread at a time owns, with a few free blocks at hand: for a program that has an object
 * of its own for each thread, and keeps this in it. Does what the allocator does, without looking for the thread's cache.
 *
 * <p>Blocks belong to the allocator, not to this: they may be freed anywhere. The free blocks at hand are found when
 * the allocator runs out of others, and given back when this is closed, or collected.
 *
 * <p><b>Thread safety.</b> For one thread at a time; who hands this on makes sure that its last use happened before.
 *
 * @since 0.1
 */
public final class LocalPages implements AutoCloseable {
    private final PageAllocator pages;
    private final PageCaches caches;
    private final PageCache cache;
    private boolean closed;

    LocalPages(PageAllocator pages, PageCaches caches) {
        this.pages = pages;
        this.caches = caches;
        this.cache = caches.create(this);
    }

    /**
     * Hands out a block and charges it to a tag.
     *
     * @param order log2 of its pages, 0 to {@link PageAllocator#maxOrder()}
     * @param tag who allocates
     * @return its first page
     * @throws OutOfPagesException if there is none; the largest tags have been reported then
     * @throws IllegalStateException if this or the allocator is closed
     */
    public long allocate(int order, AllocTag tag) {
        try {
            final long pfn = cache.allocate(order, Objects.requireNonNull(tag, "tag"));
            return pfn != NO_PAGE ? pfn : allocateBehind(order, tag, true);
        } finally {
            Reference.reachabilityFence(this); // once this is collected, the cache is anybody's
        }
    }

    /**
     * Hands out a block if there is one; reports nothing if there is not.
     *
     * @param order log2 of its pages, 0 to {@link PageAllocator#maxOrder()}
     * @param tag who allocates
     * @return its first page; {@link PageAllocator#NO_PAGE} if there is no free block, or the JVM has no memory to put
     *     behind it
     * @throws IllegalStateException if this or the allocator is closed
     */
    public long tryAllocate(int order, AllocTag tag) {
        try {
            final long pfn = cache.allocate(order, Objects.requireNonNull(tag, "tag"));
            return pfn != NO_PAGE ? pfn : allocateBehind(order, tag, false);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Takes a block back and credits its tag; one from anywhere in the allocator.
     *
     * @param pfn its first page
     * @throws DoubleFreeException if the page is free
     * @throws BadPageException if it is out of range or lies further inside a block
     * @throws IllegalStateException if this or the allocator is closed
     */
    public void free(long pfn) {
        try {
            if (!cache.free(pfn)) {
                freeBehind(pfn);
            }
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Gives the free blocks at hand back to the allocator. Closing again does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            caches.retire(cache);
        }
    }

    private long allocateBehind(int order, AllocTag tag, boolean orThrow) {
        checkOpen();
        final long pfn = caches.allocateBehind(order, tag);
        if (pfn == NO_PAGE && orThrow) {
            throw pages.failed(order);
        }
        return pfn;
    }

    private void freeBehind(long pfn) {
        checkOpen();
        caches.blocks().free(pfn);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("closed; " + pages + " has to be asked for another one");
        }
    }
}
