package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.PageTagger;
import io.codetag.TagScope;
import io.codetag.spi.TagStripe;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A thread")
@SuppressWarnings("try") // scopes are there to be closed
class InterruptTest {
    private static void assertStillInterrupted() {
        assertTrue(Thread.currentThread().isInterrupted(), "the interrupt was swallowed");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("that is interrupted at any point records exactly, and keeps its interrupt")
    void interrupted(StoreKind kind) {
        try (Logs logs = Logs.capture();
                StoreKind.Pages pages = kind.open(false)) {
            Thread.currentThread().interrupt();
            pages.add(0, 3, pages.red);
            pages.split(0, 3, 2);
            pages.trim(0, 2, 1);
            pages.tagger.swap(8, 4, 2);
            pages.tagger.clear(0, 1);
            assertEquals(new AllocCounts(4L * Pools.PAGE, 1), pages.red.counts());
            assertEquals(1, pages.tagger.totals().calls());
            final int charge = pages.blue.charge(10);
            pages.profiler.discharge(charge, 10);
            try (TagScope scope = pages.blue.enter()) {
                pages.tagger.add(16, 0);
            }
            assertStillInterrupted();
            final CodeModule module = pages.profiler.load("late", IdReuseTest.places(3));
            module.unload();
            pages.profiler.record(false);
            pages.profiler.record(true);
            pages.profiler.housekeep();
            pages.tagger.allocationFailed(1);
            assertEquals(1, pages.blue.counts().calls());
            assertStillInterrupted();
            pages.tagger.close();
            pages.profiler.flush();
            assertStillInterrupted();
            assertEquals(AllocCounts.ZERO, pages.blue.counts());
            Thread.interrupted();
            pages.profiler.flush();
            assertEquals(List.of(), logs.containing("[CODETAG-5"));
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    @DisplayName("that interrupts the daemon thread does not end it, and what is logged afterwards is logged")
    void daemon() {
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().build()) {
            for (int i = 0; i < 100; i++) {
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("codetag"))
                        .forEach(Thread::interrupt);
                Daemon.warn(Message.ALLOCATION_FAILED, "message " + i);
            }
            profiler.flush();
            assertEquals(100, logs.containing("message ").size());
        }
    }

    @Test
    @DisplayName("that dies at any point, by an error of the allocator or holding a stripe and a scope, loses no count")
    void dies() throws InterruptedException {
        try (Profiler profiler = Profiler.builder().stripes(2).build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 4_096).build());
            final AllocTag tag = Declarations.one(profiler.space());
            final AtomicInteger deaths = new AtomicInteger();
            for (int i = 0; i < 64; i++) {
                final int number = i;
                final Thread thread = new Thread(() -> live(tagger, tag, number));
                thread.setUncaughtExceptionHandler((dead, error) -> deaths.incrementAndGet());
                thread.start();
                thread.join();
            }
            assertEquals(64, deaths.get());
            assertEquals(new AllocCounts(64L * Pools.PAGE, 64), tag.counts());
            for (int i = 0; i < 64; i++) {
                tagger.sub(i * 64L, 0);
            }
            assertEquals(AllocCounts.ZERO, tag.counts());
        }
    }

    /** Holds one block when it dies. */
    private static void live(PageTagger tagger, AllocTag tag, int number) {
        final TagScope scope = tag.enter();
        final TagStripe stripe = tagger.lease();
        tagger.add(number * 64L, 0, tag);
        for (int i = 1; i < 64; i++) {
            tagger.add(number * 64L + i, 0);
            tagger.unstamp(stripe, number * 64L + i, 0, 0);
            if (i == number) {
                throw new IllegalStateException("in the middle, " + scope.hashCode());
            }
        }
        throw new IllegalStateException("at the end, " + scope.hashCode());
    }
}
