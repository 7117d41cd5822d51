package io.codetag.examples.pagecache.spi;

import io.codetag.AllocTag;
import java.nio.ByteBuffer;

/**
 * The pages of the host. A caller hands its own tag down, so that the report shows the caller's line and not the
 * host's.
 *
 * <p><b>Thread safety.</b> Safe; a block belongs to whoever allocated it.
 */
public interface HostPages {
    /** Bytes of one page. */
    int PAGE_BYTES = 4096;

    /**
     * Allocates a block. If there is none, cached blocks are evicted until there is.
     *
     * @param order log2 of its pages
     * @param tag who allocates
     * @return the first page
     * @throws RuntimeException if even an empty cache leaves no such block
     */
    long allocate(int order, AllocTag tag);

    /**
     * Returns the bytes of a block.
     *
     * @param pfn its first page
     * @return a new view of all of its pages, with position 0
     */
    ByteBuffer buffer(long pfn);

    /**
     * Frees the tail of a block.
     *
     * @param pfn its first page
     * @param order log2 of the pages that stay
     */
    void trim(long pfn, int order);

    /**
     * Frees a block.
     *
     * @param pfn its first page
     */
    void free(long pfn);

    /**
     * Returns the smallest order that holds some bytes.
     *
     * @param bytes how much, 0 or more
     * @return log2 of the pages
     */
    static int orderFor(long bytes) {
        final long pages = Math.max(1, (bytes + PAGE_BYTES - 1) / PAGE_BYTES);
        return Long.SIZE - Long.numberOfLeadingZeros(pages - 1);
    }
}
