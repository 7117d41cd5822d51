package io.codetag.benchmarks.inside;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.benchmarks.paired.Work;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Allocates a buffer and charges it to a tag, and discharges and releases it: what a program adds that owns its buffers
 * and wants to know, exactly and at any moment, which line holds them. The references lie in an array beside the buffers.
 */
final class ChargedBuffers implements Work {
    private static final AllocTag TAG = AllocTags.here();
    private static final int SLOTS = 64;

    static {
        AllocTags.start();
    }

    private final ByteBufAllocator buffers;
    private final int[] references = new int[SLOTS];

    ChargedBuffers(ByteBufAllocator buffers) {
        this.buffers = buffers;
    }

    @Override
    public void run(int pairs) {
        final ByteBufAllocator allocator = buffers;
        final int[] kept = references;
        for (int pair = 0; pair < pairs; pair++) {
            final ByteBuf buffer = allocator.directBuffer(Buffers.BYTES);
            kept[pair & (SLOTS - 1)] = TAG.charge(Buffers.BYTES);
            AllocTags.discharge(kept[pair & (SLOTS - 1)], Buffers.BYTES);
            buffer.release();
        }
    }
}
