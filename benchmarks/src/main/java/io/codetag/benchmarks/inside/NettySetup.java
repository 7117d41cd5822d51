package io.codetag.benchmarks.inside;

import io.codetag.benchmarks.paired.PairedPlan;
import io.codetag.benchmarks.paired.Variant;
import io.codetag.benchmarks.paired.Variant.Trait;
import io.codetag.benchmarks.paired.Work;
import io.codetag.benchmarks.paired.WorkFactory;
import io.codetag.benchmarks.paired.Workload;
import io.netty.buffer.PooledByteBufAllocator;

/** Netty's pooled buffers, watched by its leak detection, by our accounting, or by nothing. */
public final class NettySetup implements WorkFactory {
    private final PooledByteBufAllocator buffers;
    private final boolean charged;
    private final boolean leased;

    /**
     * Sets up.
     *
     * @param variant how
     * @param plan what it is for
     */
    public NettySetup(Variant variant, PairedPlan plan) {
        variant.settings().forEach(System::setProperty);
        try {
            buffers = new PooledByteBufAllocator(true);
            buffers.directBuffer(1).release(); // reads the properties
        } finally {
            variant.settings().keySet().forEach(System::clearProperty);
        }
        charged = variant.has(Trait.CHARGED);
        leased = variant.has(Trait.LEASED);
    }

    @Override
    public Work create(Workload workload, int thread, int threads) {
        if (leased) {
            return new LeasedBuffers(buffers);
        }
        return charged ? new ChargedBuffers(buffers) : new Buffers(buffers);
    }
}
