package io.codetag.benchmarks.inside;

import io.codetag.allocator.LocalPages;
import io.codetag.benchmarks.paired.Work;
import java.util.Random;

/** Allocates 64 pages, and frees them in one of some random orders. */
final class Batch implements Work {
    private static final int SIZE = 64;
    private static final int ORDERS = 16;
    private static final long SEED = 1;

    private final LocalPages local;
    private final byte[][] orders = new byte[ORDERS][SIZE];

    Batch(LocalPages local) {
        this.local = local;
        final Random random = new Random(SEED);
        for (byte[] order : orders) {
            for (int i = 0; i < SIZE; i++) {
                final int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = (byte) i;
            }
        }
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        final long[] live = new long[SIZE]; // by the thread that writes it: no other has its own on the same line
        int next = 0;
        for (int done = 0; done < pairs; done += SIZE) {
            for (int i = 0; i < SIZE; i += 2) {
                live[i] = pages.allocate(0, Tags.FIRST);
                live[i + 1] = pages.allocate(0, Tags.SECOND);
            }
            for (byte i : orders[next++ & (ORDERS - 1)]) {
                pages.free(live[i]);
            }
        }
    }
}
