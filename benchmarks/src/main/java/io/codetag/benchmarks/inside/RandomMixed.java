package io.codetag.benchmarks.inside;

import io.codetag.allocator.LocalPages;
import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.paired.Work;

/**
 * Frees a random one of many live blocks of 1 to 16 pages, and allocates one of its order. All pages lie in groups of 32,
 * which begin with a block of 16 pages, then one of 8, and so on to two of one page.
 */
final class RandomMixed implements Work {
    static final int BLOCK_ORDER = 5;

    /** Of 16 blocks 8 are of order 0, 4 of order 1, 2 of order 2, and 1 each of orders 3 and 4. */
    private static final byte[] OFFSETS = {30, 31, 30, 31, 30, 31, 30, 31, 28, 28, 28, 28, 24, 24, 16, 0};

    private static final byte[] ORDERS = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4};

    private final LocalPages local;
    private RandomPages random;

    RandomMixed(LocalPages local, RandomPages random) {
        this.local = local;
        this.random = random;
    }

    /** Splits a block of 32 pages into those of a group. */
    static void split(PageAllocator pages, long block) {
        long rest = block;
        for (int order = BLOCK_ORDER - 1; order >= 0; order--) {
            pages.split(rest, order);
            rest += 1L << order;
        }
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        final RandomPages numbers = random.copy();
        for (int pair = 0; pair < pairs; pair++) {
            final long page = numbers.next();
            final int choice = (int) page & (ORDERS.length - 1);
            pages.free((page >> BLOCK_ORDER << BLOCK_ORDER) + OFFSETS[choice]);
            pages.allocate(ORDERS[choice], (pair & 1) == 0 ? Tags.FIRST : Tags.SECOND);
        }
        random = numbers;
    }
}
