package io.codetag.benchmarks.jmh;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A buffer of 4 096 bytes is allocated and released; the level of leak detection is a property of the JVM. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class NettyBuffers {
    static final int BYTES = 4096;

    @Param({"pooled", "adaptive"})
    private String allocator = "";

    @Param("none")
    private String events = "";

    private ByteBufAllocator buffers = PooledByteBufAllocator.DEFAULT;
    private final Recording recording = new Recording();

    @Setup
    public void prepare() {
        buffers = allocator.equals("pooled") ? new PooledByteBufAllocator(true) : new AdaptiveByteBufAllocator(true);
        if (!events.equals("none")) {
            for (String event : List.of("io.netty.AllocateBuffer", "io.netty.FreeBuffer")) {
                final var settings = recording.enable(event);
                if (events.equals("with stacks")) {
                    settings.withStackTrace();
                } else {
                    settings.withoutStackTrace();
                }
            }
            recording.setMaxSize(64 << 20);
            recording.start();
        }
    }

    @Benchmark
    public void buffer() {
        buffers.directBuffer(BYTES).release();
    }

    @TearDown
    public void end() {
        recording.close();
    }
}
