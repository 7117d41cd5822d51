package io.codetag.benchmarks.jmh;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Bytes and calls are counted up and down again, by our counters and by what one would take instead. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class Counting {
    private static final long BYTES = 4096;

    @Param({"4", "4096"})
    private int tags;

    private AllocTag[] ours = {};
    private AtomicLong[] atomics = {};
    private LongAdder[] adders = {};

    /** Which tag a thread takes next. */
    @State(Scope.Thread)
    public static class Position {
        private int next;

        int next(int length) {
            next = next * 1_664_525 + 1_013_904_223;
            return (next >>> 8) & (length - 1);
        }
    }

    @Setup
    public void prepare() {
        AllocTags.start();
        ours = AllocTags.space().load("counting", Places.many(tags)).tags().toArray(AllocTag[]::new);
        atomics = Stream.generate(AtomicLong::new).limit(2L * tags).toArray(AtomicLong[]::new);
        adders = Stream.generate(LongAdder::new).limit(2L * tags).toArray(LongAdder[]::new);
    }

    @Benchmark
    public void chargeAndDischarge(Position position) {
        final int reference = ours[position.next(tags)].charge(BYTES);
        AllocTags.discharge(reference, BYTES);
    }

    @Benchmark
    public void twoAtomicLongs(Position position) {
        final int tag = position.next(tags);
        atomics[2 * tag].addAndGet(BYTES);
        atomics[2 * tag + 1].incrementAndGet();
        atomics[2 * tag].addAndGet(-BYTES);
        atomics[2 * tag + 1].decrementAndGet();
    }

    @Benchmark
    public void twoLongAdders(Position position) {
        final int tag = position.next(tags);
        adders[2 * tag].add(BYTES);
        adders[2 * tag + 1].increment();
        adders[2 * tag].add(-BYTES);
        adders[2 * tag + 1].decrement();
    }
}
