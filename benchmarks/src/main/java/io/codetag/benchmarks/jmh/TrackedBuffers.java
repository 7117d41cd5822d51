package io.codetag.benchmarks.jmh;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.ChargeLease;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.StackWalker.StackFrame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Netty's pooled buffers of 4 096 bytes, counted by line: by us, and as one would write it by hand. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class TrackedBuffers {
    private static final AllocTag TAG = AllocTags.here();
    private static final StackWalker WALKER = StackWalker.getInstance();

    /** A frame has no equality of its own; what it says has. */
    private final Map<StackTraceElement, LongAdder> lines = new ConcurrentHashMap<>();

    private final ChargeLease lease = AllocTags.lease();

    private final PooledByteBufAllocator buffers = new PooledByteBufAllocator(true);

    @Setup
    public void prepare() {
        AllocTags.start();
    }

    @Benchmark
    public void untracked() {
        buffers.directBuffer(NettyBuffers.BYTES).release();
    }

    @Benchmark
    public void chargedToTag() {
        final ByteBuf buffer = buffers.directBuffer(NettyBuffers.BYTES);
        final int reference = TAG.charge(NettyBuffers.BYTES);
        AllocTags.discharge(reference, NettyBuffers.BYTES);
        buffer.release();
    }

    @Benchmark
    public void chargedToTagByLease() {
        final ByteBuf buffer = buffers.directBuffer(NettyBuffers.BYTES);
        final int reference = lease.charge(TAG, NettyBuffers.BYTES);
        lease.discharge(reference, NettyBuffers.BYTES);
        buffer.release();
    }

    @Benchmark
    public void stackWalkerAndMap() {
        final ByteBuf buffer = buffers.directBuffer(NettyBuffers.BYTES);
        final LongAdder line = ofCaller();
        line.add(NettyBuffers.BYTES);
        line.add(-NettyBuffers.BYTES);
        buffer.release();
    }

    private LongAdder ofCaller() {
        final StackTraceElement caller = WALKER.walk(frames ->
                frames.skip(1).findFirst().map(StackFrame::toStackTraceElement).orElseThrow());
        return lines.computeIfAbsent(caller, absent -> new LongAdder());
    }
}
