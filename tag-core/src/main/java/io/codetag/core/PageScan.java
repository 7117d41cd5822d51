package io.codetag.core;

import io.codetag.spi.TagCodes;

/**
 * A way of looking at the references of some pages.
 *
 * <p>A tally has one cell for each code:
 *
 * <pre>
 *   63          32 31           0
 *   +-------------+-------------+
 *   |    pages    |   blocks    |
 *   +-------------+-------------+
 * </pre>
 *
 * <p><b>Thread safety.</b> Safe, as long as no two threads use one tally.
 */
interface PageScan {
    /** The most pages between two additions to a census: neither half of a cell overflows, one more block included. */
    long MAX_PAGES = 1L << 30;

    /** One block of order 0. Shifted by the order, its pages; the blocks are added apart. */
    long PAGE = 1L << 32;

    /**
     * Counts the blocks that begin in a range and have a tag.
     *
     * @param fromPfn the first page
     * @param toPfn the page after the last
     * @param endPfn the page after the last of the allocator; no block goes beyond it
     * @param tally receives the blocks; codes beyond its length are left out
     * @return the page after the last block that was counted, and {@code toPfn} at least
     */
    long count(long fromPfn, long toPfn, long endPfn, long[] tally);

    /**
     * Finds the first page in a range that has a reference to a tag, whether or not a block begins there.
     *
     * @param fromPfn the first page
     * @param toPfn the page after the last
     * @return the page; {@code toPfn} if there is none
     */
    long firstTagged(long fromPfn, long toPfn);

    static long pages(long cell) {
        return cell >>> 32;
    }

    static long calls(long cell) {
        return cell & 0xFFFF_FFFFL;
    }

    /** Says whether a code is that of a tag that a tally has a cell for. */
    static boolean isCounted(int code, long[] tally) {
        return code >= TagCodes.FIRST_TAG && code < tally.length;
    }
}
