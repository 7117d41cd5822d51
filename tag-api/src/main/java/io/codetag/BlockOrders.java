package io.codetag;

/**
 * Tells which blocks an allocator has handed out; the profiler reads it to find what is untracked.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BlockOrders {
    /**
     * Returns the order of the allocated block that begins at a page. Called at any moment by any thread: it must
     * neither lock nor throw.
     *
     * @param pfn the page, in range
     * @return the order; -1 if no allocated block begins there
     */
    int orderAt(long pfn);
}
