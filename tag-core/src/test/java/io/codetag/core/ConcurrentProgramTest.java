package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Threads that record while others switch, read, and overflow the store")
class ConcurrentProgramTest {
    private static final int OWNERS = 3;
    private static final int STEPS = 150_000;

    @ParameterizedTest(name = "{0} bits, {1}, {2} exclusive stripes, {3}")
    @CsvSource({
        "20, SWITCH,  8, counters",
        "20, SWITCH,  1, counters",
        "4,  SPILL,   8, counters",
        "4,  SWITCH,  8, counters",
        "4,  DISABLE, 8, counters",
        "4,  SWITCH,  0, counters",
        "20, SWITCH,  8, census",
        "4,  SPILL,   1, census",
        "4,  SWITCH,  8, census",
        "4,  DISABLE, 0, census",
    })
    @DisplayName("leave exactly what each of them has live, and no reader ever sees a negative number:")
    void exact(int bits, OverflowPolicy policy, int stripes, String accounting) throws InterruptedException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final long[] words = new long[OWNERS * ConcurrentOwner.PAGES];
        try (Profiler profiler = Profiler.builder()
                .storage("pageflags")
                .headroom(0)
                .overflow(policy)
                .stripes(stripes)
                .accounting(accounting)
                .build()) {
            final AtomicIntegerArray orders = ConcurrentOwner.orders(OWNERS);
            final PageTagger tagger = profiler.attach(Pools.flags("pool", words, bits)
                    .orders(pfn -> orders.get((int) pfn))
                    .build());
            final List<AllocTag> tags =
                    new ArrayList<>(profiler.load("first", IdReuseTest.places(policy == OverflowPolicy.SPILL ? 30 : 10))
                            .tags());
            final List<ConcurrentOwner> owners = new ArrayList<>();
            final AtomicInteger running = new AtomicInteger(OWNERS);
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int i = 0; i < OWNERS; i++) {
                final ConcurrentOwner owner = new ConcurrentOwner(
                        profiler, tagger, tags, words, Pools.layout(bits).unusedMask(), orders, i, seed);
                owners.add(owner);
                bodies.add(number -> {
                    try {
                        owner.run(STEPS);
                    } finally {
                        running.decrementAndGet();
                    }
                });
            }
            bodies.add(number -> disturb(profiler, running));
            bodies.add(number -> read(profiler, tagger, tags, running));
            Crowd.run(bodies);
            compare(tags, owners, "seed " + seed + "L");
            profiler.record(false);
            owners.forEach(ConcurrentOwner::freeAll);
            compare(tags, owners, "seed " + seed + "L, all freed");
            assertTrue(Pools.allZero(words));
            assertEquals(new AllocCounts(0, 0), profiler.totals().recorded());
            PluginJar.collectUntil(() -> {
                profiler.settle();
                return profiler.state() == ProfilingState.COLD;
            });
        }
    }

    /** Switches off and on, and overflows the store on the way; leaves it on. */
    private static void disturb(Profiler profiler, AtomicInteger running) {
        for (int i = 0; running.get() > 0; i++) {
            profiler.record(i % 2 == 1);
            if (i == 5) {
                profiler.load("second", IdReuseTest.places(20));
            }
            profiler.settle();
        }
        profiler.record(true);
    }

    private static void read(Profiler profiler, PageTagger tagger, List<AllocTag> tags, AtomicInteger running) {
        while (running.get() > 0) {
            for (AllocEntry entry : profiler.snapshot().entries()) {
                assertNotNegative(entry.counts());
            }
            assertNotNegative(profiler.snapshot().total());
            for (AllocTag tag : tags) {
                assertNotNegative(tag.counts());
            }
            final PageTotals totals = tagger.totals();
            assertNotNegative(new AllocCounts(totals.bytes(), totals.calls()));
            assertNotNegative(profiler.totals().charged());
            tagger.storage();
        }
    }

    private static void assertNotNegative(AllocCounts counts) {
        assertTrue(counts.bytes() >= 0 && counts.calls() >= 0, () -> "read " + counts);
    }

    private static void compare(List<AllocTag> tags, List<ConcurrentOwner> owners, String message) {
        for (AllocTag tag : tags) {
            AllocCounts expected = AllocCounts.ZERO;
            for (ConcurrentOwner owner : owners) {
                expected = expected.plus(owner.live(tag));
            }
            assertEquals(expected, tag.counts(), message);
        }
    }
}
