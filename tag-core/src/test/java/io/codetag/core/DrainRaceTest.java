package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.ProfilingState;
import io.codetag.spi.RecordingSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Going from draining to cold while threads allocate and free")
class DrainRaceTest {
    private static final int WORKERS = 3;
    private static final int ROUNDS = 12;

    @ParameterizedTest(name = "on {0}, another profiler on: {1}")
    @CsvSource({"FLAGS, false", "FLAGS_FUSED, false", "FLAGS_FUSED, true", "EXT, true", "HOOKED, false"})
    @DisplayName("never loses a block: cold is reached each time, with nothing live, and nothing is counted after it,")
    void neverDrifts(StoreKind kind, boolean otherOn) throws InterruptedException {
        final AtomicBoolean stop = new AtomicBoolean();
        final AtomicLongArray rounds = new AtomicLongArray(WORKERS);
        try (Profiler other = Profiler.builder().profiling(otherOn ? "1" : "0").build();
                StoreKind.Pages pages = kind.open(false)) {
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                bodies.add(number -> {
                    while (!stop.get()) {
                        work(pages, number * 16L);
                        rounds.incrementAndGet(number);
                        for (int pause = 0; pause < 1_000; pause++) { // the allocator has other work too
                            Thread.onSpinWait();
                        }
                    }
                });
            }
            bodies.add(number -> {
                try {
                    for (int round = 0; round < ROUNDS; round++) {
                        drain(pages, other, otherOn, rounds);
                    }
                } finally {
                    stop.set(true);
                }
            });
            Crowd.run(bodies);
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            assertEquals(AllocCounts.ZERO, pages.blue.counts());
            assertTrue(pages.ownBitsSurvived());
        }
    }

    private static void work(StoreKind.Pages pages, long base) {
        pages.add(base, 2, pages.red);
        final int charge = pages.blue.charge(64);
        pages.add(base + 8, 0, pages.blue);
        pages.split(base, 2, 1);
        pages.sub(base + 8, 0);
        pages.sub(base + 2, 1);
        pages.profiler.discharge(charge, 64);
        pages.sub(base, 1);
    }

    private static void drain(StoreKind.Pages pages, Profiler other, boolean otherOn, AtomicLongArray rounds) {
        final Profiler profiler = pages.profiler;
        final AllocTag foreign = Declarations.one(other.space());
        assertEquals(ProfilingState.ON, profiler.state());
        waitFor(rounds);
        profiler.record(false);
        final long end = System.nanoTime() + 60_000_000_000L;
        while (profiler.state() != ProfilingState.COLD) {
            assertTrue(System.nanoTime() < end, () -> "still live: " + pages.red.counts() + pages.blue.counts());
            profiler.settle();
        }
        profiler.settle(); // waits for the daemon thread, if that one did it
        assertEquals(otherOn, RecordingSwitch.freeing());
        assertEquals(otherOn, foreign.charge(1) != 0);
        waitFor(rounds);
        assertEquals(AllocCounts.ZERO, pages.red.counts(), "counted while cold");
        assertEquals(AllocCounts.ZERO, pages.blue.counts(), "counted while cold");
        profiler.record(true);
    }

    /** Returns when every worker has begun and ended something since. */
    private static void waitFor(AtomicLongArray rounds) {
        for (int i = 0; i < WORKERS; i++) {
            final long target = rounds.get(i) + 2;
            final long end = System.nanoTime() + 60_000_000_000L;
            while (rounds.get(i) < target) {
                assertTrue(System.nanoTime() < end, "a worker stands still");
                Thread.onSpinWait();
            }
        }
    }
}
