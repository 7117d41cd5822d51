package io.codetag.benchmarks.jmh;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.ChargeLease;
import io.codetag.TagScope;
import io.codetag.allocator.PageAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is to allocate no object: run with the profiler that counts what was allocated. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class Garbage {
    private static final AllocTag TAG = AllocTags.here();
    private static final int PAGES = 1 << 16;

    @Param({"pageflags", "pageext"})
    private String storage = "";

    private final ChargeLease lease = AllocTags.lease();
    private PageAllocator pages =
            PageAllocator.builder("unused", 1).metadataOnly().build();

    @Setup
    public void prepare() {
        pages = PageAllocator.builder("pages", PAGES)
                .metadataOnly()
                .storage(storage)
                .build();
    }

    @Benchmark
    public void pair() {
        pages.free(pages.allocate(0, TAG));
    }

    @Benchmark
    @SuppressWarnings("try") // the scope is there for what is allocated inside
    public void pairInScope() {
        try (TagScope scope = TAG.enter()) {
            pages.free(pages.allocate(0));
        }
    }

    @Benchmark
    public void chargeAndDischarge() {
        final int reference = TAG.charge(64);
        AllocTags.discharge(reference, 64);
    }

    @Benchmark
    public void leasedChargeAndDischarge() {
        final int reference = lease.charge(TAG, 64);
        lease.discharge(reference, 64);
    }
}
