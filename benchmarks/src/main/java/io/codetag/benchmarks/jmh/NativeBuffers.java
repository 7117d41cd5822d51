package io.codetag.benchmarks.jmh;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import one.profiler.AsyncProfiler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A buffer of 256 bytes is taken from the C library and given back, watched by what watches that. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class NativeBuffers {
    private static final int BYTES = 256;

    @Param("none")
    private String profiler = "";

    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
    private Path recording = Path.of("unused");

    @Setup
    public void prepare() throws IOException {
        if (!profiler.equals("none")) {
            recording = Files.createTempFile("nativemem", ".jfr");
            AsyncProfiler.getInstance().execute("start," + profiler + ",jfr,file=" + recording);
        }
    }

    @Benchmark
    public void buffer() {
        buffers.directBuffer(BYTES).release();
    }

    @TearDown
    public void end() throws IOException {
        if (!profiler.equals("none")) {
            AsyncProfiler.getInstance().execute("stop");
            if (Files.size(recording) == 0) {
                throw new IllegalStateException("the profiler wrote nothing");
            }
            Files.delete(recording);
        }
    }
}
