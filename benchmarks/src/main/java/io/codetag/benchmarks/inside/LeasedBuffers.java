package io.codetag.benchmarks.inside;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.ChargeLease;
import io.codetag.benchmarks.paired.Work;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Does what {@link ChargedBuffers} does, with counters that the thread has at hand. */
final class LeasedBuffers implements Work {
    private static final AllocTag TAG = AllocTags.here();
    private static final int SLOTS = 64;

    static {
        AllocTags.start();
    }

    private final ByteBufAllocator buffers;
    private final int[] references = new int[SLOTS];
    private final ChargeLease charges = AllocTags.lease();

    LeasedBuffers(ByteBufAllocator buffers) {
        this.buffers = buffers;
    }

    @Override
    public void run(int pairs) {
        final ByteBufAllocator allocator = buffers;
        final int[] kept = references;
        final ChargeLease lease = charges;
        for (int pair = 0; pair < pairs; pair++) {
            final ByteBuf buffer = allocator.directBuffer(Buffers.BYTES);
            kept[pair & (SLOTS - 1)] = lease.charge(TAG, Buffers.BYTES);
            lease.discharge(kept[pair & (SLOTS - 1)], Buffers.BYTES);
            buffer.release();
        }
    }
}
