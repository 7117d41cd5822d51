package io.codetag.benchmarks.inside;

import io.codetag.allocator.LocalPages;
import io.codetag.benchmarks.paired.Work;
import java.util.Random;

/** Keeps 64 blocks of 1 to 16 pages, and replaces a random one at a time. */
final class MixedOrders implements Work {
    private static final int LIVE = 64;
    private static final int CHOICES = 1024;
    private static final long SEED = 1;

    /** Of 16 blocks 8 are of order 0, 4 of order 1, 2 of order 2, and 1 each of orders 3 and 4. */
    private static final byte[] ORDERS = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4};

    private final LocalPages local;
    private final byte[] slots = new byte[CHOICES];
    private final byte[] orders = new byte[CHOICES];
    private long[] live = new long[LIVE];

    MixedOrders(LocalPages local) {
        this.local = local;
        final Random random = new Random(SEED);
        for (int i = 0; i < CHOICES; i++) {
            slots[i] = (byte) random.nextInt(LIVE);
            orders[i] = ORDERS[random.nextInt(ORDERS.length)];
        }
        for (int i = 0; i < LIVE; i++) {
            live[i] = local.allocate(0, Tags.FIRST);
        }
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        final long[] blocks = live.clone(); // by the thread that writes it: no other has its own on the same line
        for (int pair = 0; pair < pairs; pair++) {
            final int choice = pair & (CHOICES - 1);
            final int slot = slots[choice];
            pages.free(blocks[slot]);
            blocks[slot] = pages.allocate(orders[choice], (slot & 1) == 0 ? Tags.FIRST : Tags.SECOND);
        }
        live = blocks;
    }
}
