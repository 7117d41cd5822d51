package io.codetag.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A buffer of 4 096 bytes of Arrow is allocated and closed; whether it keeps its history is a property of the JVM. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ArrowBuffers {
    private final RootAllocator root = new RootAllocator();

    @Benchmark
    public void buffer() {
        root.buffer(NettyBuffers.BYTES).close();
    }

    @TearDown
    public void end() {
        root.close();
    }
}
