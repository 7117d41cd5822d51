package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import io.codetag.spi.RecordingSwitch;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The switch")
class SwitchTest {
    private static void settle(Profiler profiler) {
        final long end = System.nanoTime() + 60_000_000_000L;
        while (profiler.state() == ProfilingState.DRAINING && System.nanoTime() < end) {
            profiler.settle();
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("off keeps crediting what was recorded, and becomes cold when all of it is freed")
    void draining() {
        try (Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", 64, 20).build());
            final AllocTag tag = profiler.here();
            tagger.add(0, 2, tag);
            profiler.record(false);
            assertEquals(ProfilingState.DRAINING, profiler.state());
            assertFalse(RecordingSwitch.allocating());
            assertTrue(RecordingSwitch.freeing());
            tagger.add(8, 0, tag);
            assertEquals(new AllocCounts(4L * Pools.PAGE, 1), tag.counts());
            profiler.settle();
            assertEquals(ProfilingState.DRAINING, profiler.state());
            tagger.split(0, 2, 1);
            tagger.sub(0, 1);
            tagger.sub(2, 1);
            tagger.sub(8, 0);
            assertEquals(AllocCounts.ZERO, tag.counts());
            settle(profiler);
            assertEquals(ProfilingState.COLD, profiler.state());
            assertFalse(RecordingSwitch.freeing());
        }
    }

    @Test
    @DisplayName("keeps counters exact through any number of toggles")
    void toggles() {
        final long[] words = new long[64];
        try (Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 20).build());
            final AllocTag tag = profiler.here();
            for (int round = 0; round < 20; round++) {
                profiler.record(true);
                words[0] = tagger.stamp(0, 0, words[0], tag);
                final int charge = tag.charge(100);
                profiler.record(false);
                words[1] = tagger.stamp(1, 0, words[1], tag);
                assertEquals(0, tag.charge(100));
                assertEquals(new AllocCounts(Pools.PAGE + 100L, 2), tag.counts());
                words[0] = tagger.unstamp(0, 0, words[0]);
                words[1] = tagger.unstamp(1, 0, words[1]);
                profiler.discharge(charge, 100);
                assertEquals(AllocCounts.ZERO, tag.counts());
                if (round % 3 == 0) {
                    settle(profiler);
                    assertEquals(ProfilingState.COLD, profiler.state());
                }
            }
            assertTrue(Pools.allZero(words));
        }
    }

    @Test
    @DisplayName("set to never at start cannot be switched on, and the error says what to do")
    void never() {
        try (Profiler profiler = Profiler.builder().profiling("never").build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", 64, 20).build());
            final AllocTag tag = profiler.here();
            tagger.add(0, 0, tag);
            assertEquals(AllocCounts.ZERO, tag.counts());
            assertEquals("none", tagger.storage().store());
            final var failure = assertThrows(IllegalStateException.class, () -> profiler.record(true));
            assertTrue(failure.getMessage().contains("codetag.profiling=0"), failure.getMessage());
            profiler.record(false);
            assertEquals(ProfilingState.NEVER, profiler.state());
        }
    }

    @Test
    @DisplayName("off at start is cold and can be switched on")
    void offAtStart() {
        try (Profiler profiler = Profiler.builder().profiling("0").build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", 64, 20).build());
            final AllocTag tag = profiler.here();
            assertEquals(ProfilingState.COLD, profiler.state());
            tagger.add(0, 0, tag);
            assertEquals(AllocCounts.ZERO, tag.counts());
            profiler.record(true);
            tagger.sub(0, 0);
            tagger.add(0, 0, tag);
            assertEquals(new AllocCounts(Pools.PAGE, 1), tag.counts());
            assertEquals("pageflags", tagger.storage().store());
        }
    }

    @Test
    @DisplayName("does not turn cold while a thread is between its look at the switch and its count")
    void inFlight() throws InterruptedException {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final StoreHook hook = new StoreHook(() -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        try (Profiler profiler = Profiler.builder().storage(HookedStores.NAME).build()) {
            HookedStores.next(hook);
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            final AllocTag tag = profiler.here();
            final Thread thread = new Thread(() -> tagger.add(0, 0, tag));
            thread.start();
            inside.await();
            profiler.record(false);
            profiler.settle();
            assertEquals(ProfilingState.DRAINING, profiler.state());
            goOn.countDown();
            thread.join();
            assertEquals(new AllocCounts(Pools.PAGE, 1), tag.counts());
            tagger.sub(0, 0);
            assertEquals(AllocCounts.ZERO, tag.counts());
            settle(profiler);
            assertEquals(ProfilingState.COLD, profiler.state());
        }
    }
}
