package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import com.acme.pool.StampPool;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Where a census is taken, going from draining to cold")
class CensusDrainTest {
    private static final int WORKERS = 3;
    private static final int ROUNDS = 6;

    @Test
    @DisplayName("waits for an allocator that has stamped a word and not stored it yet")
    void stampedNotStored() throws InterruptedException {
        try (Profiler profiler = Profiler.builder().accounting("census").build()) {
            final StampPool pool = new StampPool(64, 5, true, profiler::attach);
            final AllocTag tag = Declarations.one(profiler.space());
            final CountDownLatch stamped = new CountDownLatch(1);
            final CountDownLatch goOn = new CountDownLatch(1);
            final Thread thread = new Thread(() -> pool.allocate(8, 2, tag, () -> {
                stamped.countDown();
                awaitQuietly(goOn);
            }));
            thread.start();
            stamped.await();
            profiler.record(false);
            profiler.settle();
            assertEquals(ProfilingState.DRAINING, profiler.state(), "a reference is on its way to its word");
            goOn.countDown();
            thread.join();
            assertEquals(new AllocCounts(4 * 4096, 1), tag.counts());
            profiler.settle();
            assertEquals(ProfilingState.DRAINING, profiler.state());
            pool.free(8);
            PluginJar.collectUntil(() -> {
                profiler.settle();
                return profiler.state() == ProfilingState.COLD;
            });
            assertTrue(pool.isClean());
        }
    }

    @Test
    @DisplayName("stays draining when a block moves behind who looks for references")
    void movedBehind() {
        try (Profiler profiler = Profiler.builder()
                .storage(HookedStores.NAME)
                .accounting("census")
                .build()) {
            final long[] block = {60};
            final long[] ahead = {60};
            final int[] looks = new int[1];
            final boolean[] moving = new boolean[1];
            final PageTagger[] tagger = new PageTagger[1];
            HookedStores.next(StoreHook.scanning(half -> {
                // Whoever looks begins at page 0: the block is ahead of it, and then behind.
                if (moving[0]) {
                    looks[0] += half == StoreHook.Half.UPPER ? 1 : 0;
                    move(tagger[0], block, half == StoreHook.Half.LOWER ? ahead[0] : 4);
                }
            }));
            tagger[0] = profiler.attach(Pools.plain("pool", 64)
                    .orders(pfn -> pfn == block[0] ? 0 : -1)
                    .build());
            final AllocTag tag = Declarations.one(profiler.space());
            tagger[0].add(60, 0, tag);
            profiler.record(false);
            boolean both = false;
            for (int i = 0; i < 500 && !both; i++) {
                synchronized (profiler) { // the daemon thread settles too
                    ahead[0] = 40L + i % 20; // not where it was found the last time
                    move(tagger[0], block, ahead[0]);
                    looks[0] = 0;
                    moving[0] = true;
                    profiler.settle();
                    moving[0] = false;
                    both = looks[0] == 2;
                    assertEquals(ProfilingState.DRAINING, profiler.state());
                }
            }
            assertTrue(both, "the proof was never come to");
            assertEquals(new AllocCounts(Pools.PAGE, 1), tag.counts());
        }
    }

    @ParameterizedTest(name = "order in the word: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("never loses a block of threads that stamp, split, move and free")
    void neverDrifts(boolean byWord) throws InterruptedException {
        final AtomicBoolean stop = new AtomicBoolean();
        final AtomicLongArray rounds = new AtomicLongArray(WORKERS);
        try (Profiler profiler = Profiler.builder().accounting("census").build()) {
            final StampPool pool = new StampPool(16 * WORKERS, 4, byWord, profiler::attach);
            final AllocTag tag = Declarations.one(profiler.space());
            final List<Crowd.Body> bodies = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                bodies.add(number -> {
                    while (!stop.get()) {
                        work(pool, tag, 16 * number);
                        rounds.incrementAndGet(number);
                        for (int pause = 0; pause < 10_000; pause++) { // the allocator has other work too
                            Thread.onSpinWait();
                        }
                    }
                });
            }
            bodies.add(number -> {
                try {
                    for (int round = 0; round < ROUNDS; round++) {
                        drain(profiler, tag, rounds);
                    }
                } finally {
                    stop.set(true);
                }
            });
            Crowd.run(bodies);
            assertEquals(AllocCounts.ZERO, tag.counts());
            assertTrue(pool.isClean(), "a reference was left behind");
        }
    }

    private static void move(PageTagger tagger, long[] block, long target) {
        if (block[0] != target) {
            tagger.swap(target, block[0], 0);
            block[0] = target;
        }
    }

    private static void work(StampPool pool, AllocTag tag, int base) {
        pool.allocate(base + 8, 2, tag);
        pool.split(base + 8, 1);
        pool.move(base, base + 10);
        pool.free(base + 8);
        pool.move(base + 12, base);
        pool.free(base + 12);
    }

    private static void drain(Profiler profiler, AllocTag tag, AtomicLongArray rounds) {
        waitFor(rounds);
        profiler.record(false);
        final long end = System.nanoTime() + 60_000_000_000L;
        while (profiler.state() != ProfilingState.COLD) {
            assertTrue(System.nanoTime() < end, () -> "still live: " + tag.counts());
            profiler.settle();
        }
        waitFor(rounds);
        assertEquals(AllocCounts.ZERO, tag.counts(), "recorded while cold");
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

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
