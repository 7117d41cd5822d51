package io.codetag.benchmarks.jmh;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoText;
import io.codetag.core.Profiler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All tags own bytes, and the counters are read and written as text. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class Reading {
    private static final AllocFilter ONE_FILE =
            AllocFilter.builder().file(Places.file(7)).build();

    @Param({"5000", "50000", "200000"})
    private int tags;

    private final OutputStream nowhere = OutputStream.nullOutputStream();
    private AllocInfo read = new AllocInfo(0, 0, List.of());

    @Setup
    public void prepare() {
        AllocTags.start();
        int bytes = 4096;
        for (AllocTag tag : AllocTags.space().load("reading", Places.many(tags)).tags()) {
            tag.charge(bytes);
            bytes += 4096;
        }
        read = Profiler.get().snapshot();
        final int found = Profiler.get().snapshot(ONE_FILE).entries().size();
        if (found != 50 || read.entries().size() < tags) {
            throw new IllegalStateException("read " + read.entries().size() + " and " + found + " tags");
        }
    }

    @Benchmark
    public AllocInfo snapshot() {
        return Profiler.get().snapshot();
    }

    @Benchmark
    public AllocInfo filteredRead() {
        return Profiler.get().snapshot(ONE_FILE);
    }

    @Benchmark
    public void textWriting() throws IOException {
        AllocInfoText.V2_0.write(read, nowhere);
    }

    @Benchmark
    public void stringFormat() throws IOException {
        for (AllocEntry entry : read.entries()) {
            nowhere.write(String.format(
                            Locale.ROOT,
                            "%12d %8d %s:%d func:%s %n",
                            entry.counts().bytes(),
                            entry.counts().calls(),
                            entry.place().path(),
                            entry.place().line(),
                            entry.place().function())
                    .getBytes(StandardCharsets.UTF_8));
        }
    }
}
