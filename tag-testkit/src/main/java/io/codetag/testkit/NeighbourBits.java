package io.codetag.testkit;

/**
 * Bits beside a page's code in the same memory that belong to somebody else, such as the other fields of a flag word.
 *
 * <p><b>Thread safety.</b> Both operations are called concurrently, also for the same page.
 *
 * @since 0.1
 */
public interface NeighbourBits {
    /**
     * Reads the bits of a page.
     *
     * @param pfn the page
     * @return its bits, those of the code as 0
     */
    long get(long pfn);

    /**
     * Inverts some bits of a page, atomically, as their owner would.
     *
     * @param pfn the page
     * @param bits which; those of the code are left alone
     */
    void flip(long pfn, long bits);
}
