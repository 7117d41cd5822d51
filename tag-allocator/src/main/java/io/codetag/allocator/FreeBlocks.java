package io.codetag.allocator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The free blocks of each order: found lowest first, split to serve smaller ones, merged with their buddies when they
 * come back.
 *
 * <p>Pages are looked after in regions of 1 024. A region has a tree of bits, one for each block of each order that
 * could be free in it; for a block at position p the halves are 2p and 2p + 1, and the buddy is p ^ 1.
 *
 * <pre>
 *   order 10                 1
 *   order  9         2               3
 *   order  8     4       5       6       7
 *   …
 *   order  0   1 024 … 2 047                    2 048 bits, 32 words
 * </pre>
 *
 * Pages at and above {@code touched} were never in use: they are free, but cannot be taken until the allocator has put
 * memory behind them. No flag word is read or written here.
 *
 * <p><b>Thread safety.</b> None: guarded by the allocator's lock.
 */
final class FreeBlocks {
    static final int REGION_ORDER = PageWord.MAX_ORDER;
    static final int REGION_PAGES = 1 << REGION_ORDER;

    private static final int WORD_SHIFT = 6;
    private static final int TREE_WORDS = (2 * REGION_PAGES) >>> WORD_SHIFT;

    private final long pages;
    private final int maxOrder;
    private final RegionSet[] withFree;
    private long[] @Nullable [] trees = new long[4] @Nullable [];
    private volatile long touched; // volatile for those who read it without the lock

    FreeBlocks(long pages, int maxOrder) {
        this(pages, maxOrder, 0);
    }

    /** Leaves out the pages below a certain one, the first of a region: for tests of large numbers. */
    FreeBlocks(long pages, int maxOrder, long first) {
        this.pages = pages;
        this.maxOrder = maxOrder;
        final int regions = Math.toIntExact(((pages - 1) >>> REGION_ORDER) + 1);
        this.touched = first;
        this.withFree = new RegionSet[maxOrder + 1];
        for (int order = 0; order <= maxOrder; order++) {
            withFree[order] = new RegionSet(regions);
        }
    }

    /** Returns log2 of the pages of the largest block. */
    int maxOrder() {
        return maxOrder;
    }

    /** Returns the lowest page that was never brought into use. May be called without the lock. */
    long touched() {
        return touched;
    }

    /**
     * Brings more pages into use: the next ones, in blocks as large as fit.
     *
     * @param count how many; a power of two, at least the largest block and at most a region
     * @throws OutOfMemoryError if there is no memory for the tree of another region; nothing has changed then
     */
    void extend(int count) {
        final int region = (int) (touched >>> REGION_ORDER);
        if ((touched & (REGION_PAGES - 1)) == 0) {
            plant(region);
        }
        final long end = Math.min(pages, touched + count);
        for (long pfn = touched; pfn < end; ) {
            final int order = Math.min(maxOrder, 63 - Long.numberOfLeadingZeros(end - pfn));
            add(region, tree(region), position(pfn, order), order);
            pfn += 1L << order;
        }
        touched = end;
    }

    /** Takes a block and returns its first page; -1 if there is none in use. */
    long take(int order) {
        for (int larger = order; larger <= maxOrder; larger++) {
            final int region = withFree[larger].first();
            if (region >= 0) {
                return carve(region, larger, order);
            }
        }
        return -1;
    }

    /** Gives a block back, and merges it with its buddy as long as that is free. */
    void give(long pfn, int order) {
        final int region = (int) (pfn >>> REGION_ORDER);
        final long[] tree = tree(region);
        int position = position(pfn, order);
        int merged = order;
        while (merged < maxOrder && isSet(tree, position ^ 1)) {
            remove(region, tree, position ^ 1, merged);
            position >>= 1;
            merged++;
        }
        add(region, tree, position, merged);
    }

    private long carve(int region, int from, int order) {
        final long[] tree = tree(region);
        int position = firstFree(tree, from);
        remove(region, tree, position, from);
        for (int half = from - 1; half >= order; half--) {
            position <<= 1;
            add(region, tree, position + 1, half);
        }
        final int block = position - firstPosition(order);
        return ((long) region << REGION_ORDER) + ((long) block << order);
    }

    private void plant(int region) {
        final long[] tree = new long[TREE_WORDS];
        for (RegionSet set : withFree) {
            set.reserve(region + 1);
        }
        if (region >= trees.length) {
            trees = Arrays.copyOf(trees, Math.max(region + 1, 2 * trees.length));
        }
        trees[region] = tree;
    }

    private void add(int region, long[] tree, int position, int order) {
        tree[position >>> WORD_SHIFT] |= 1L << position;
        withFree[order].add(region);
    }

    private void remove(int region, long[] tree, int position, int order) {
        tree[position >>> WORD_SHIFT] &= ~(1L << position);
        if (firstFree(tree, order) < 0) {
            withFree[order].remove(region);
        }
    }

    /** Returns the position of the lowest free block of an order; -1 if there is none. */
    private static int firstFree(long[] tree, int order) {
        final int first = firstPosition(order);
        if (first < Long.SIZE) { // all positions of this order share a word with smaller and larger ones
            final long mask = ((1L << first) - 1) << first;
            final long word = tree[0] & mask;
            return word == 0 ? -1 : Long.numberOfTrailingZeros(word);
        }
        for (int index = first >>> WORD_SHIFT; index < (2 * first) >>> WORD_SHIFT; index++) {
            if (tree[index] != 0) {
                return (index << WORD_SHIFT) + Long.numberOfTrailingZeros(tree[index]);
            }
        }
        return -1;
    }

    private static int firstPosition(int order) {
        return 1 << (REGION_ORDER - order);
    }

    private static int position(long pfn, int order) {
        return firstPosition(order) + (((int) pfn & (REGION_PAGES - 1)) >>> order);
    }

    private static boolean isSet(long[] tree, int position) {
        return (tree[position >>> WORD_SHIFT] & (1L << position)) != 0;
    }

    private long[] tree(int region) {
        final long @Nullable [] tree = trees[region];
        if (tree == null) {
            throw new AssertionError("region " + region + " was never touched");
        }
        return tree;
    }
}
