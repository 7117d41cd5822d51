package io.codetag.benchmarks.inside;

import io.codetag.benchmarks.paired.Work;
import io.netty.buffer.ByteBufAllocator;

/** Allocates a buffer and releases it. */
final class Buffers implements Work {
    static final int BYTES = 4096;

    private final ByteBufAllocator buffers;

    Buffers(ByteBufAllocator buffers) {
        this.buffers = buffers;
    }

    @Override
    public void run(int pairs) {
        final ByteBufAllocator allocator = buffers;
        for (int pair = 0; pair < pairs; pair++) {
            allocator.directBuffer(BYTES).release();
        }
    }
}
