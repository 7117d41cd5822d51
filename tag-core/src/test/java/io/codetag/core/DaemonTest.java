package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.codetag.AllocCounts;
import io.codetag.CodeModule;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

@DisplayName("The daemon thread")
class DaemonTest {
    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "nobody went on");
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    @DisplayName("and the shutdown hook do not wait for each other")
    void exit() throws Exception {
        final CountDownLatch locked = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch done = new CountDownLatch(2);
        try (Profiler profiler = Profiler.builder().build();
                Logs logs = Logs.capture()) {
            Daemon.executeSlow(() -> {
                synchronized (profiler) { // as housekeeping does
                    locked.countDown();
                    await(goOn);
                    Daemon.warn(Message.MODULE_UNLOADED_LIVE, "logged while the profiler is locked");
                }
                done.countDown();
            });
            await(locked);
            Daemon.execute(() -> {
                goOn.countDown();
                profiler.settle();
                done.countDown();
            });
            final Method atExit = Daemon.class.getDeclaredMethod("runAtExit");
            atExit.setAccessible(true);
            Crowd.run(1, number -> atExit.invoke(null));
            await(done);
            profiler.flush();
            assertEquals(
                    1, logs.containing("logged while the profiler is locked").size());
        }
    }

    @Test
    @DisplayName("that is held up drops messages, counts them, and does what matters when it goes on")
    void heldUp() {
        final CountDownLatch held = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final long[] words = new long[64];
        try (Profiler profiler = Profiler.builder()
                        .headroom(0)
                        .overflow(OverflowPolicy.SWITCH)
                        .build();
                Logs logs = Logs.capture()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 2).build());
            final PageTagger failing = faulty(profiler);
            failing.add(0, 0, profiler.here());
            profiler.flush();
            Daemon.execute(() -> {
                held.countDown();
                await(goOn);
            });
            await(held); // else what is dropped before it is held up is reported on its own
            for (int i = 0; i < 20_000; i++) {
                Daemon.warn(Message.ALLOCATION_FAILED, "noise");
            }
            tagger.allocationFailed(1);
            tagger.add(0, 0, profiler.here());
            tagger.add(1, 0, profiler.here());
            FaultyStores.arm("getAndSet", () -> new IllegalStateException("expected"));
            failing.add(1, 0, profiler.here());
            FaultyStores.disarm();
            goOn.countDown();
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-501]").size());
            tagger.add(2, 0, profiler.space().untagged());
            profiler.flush();
            assertEquals(0, tagger.storage().limit(), "the policy was decided");
            assertEquals(2L << 8, words[2]);
            assertEquals(
                    1,
                    profiler.snapshot().entries().stream()
                            .filter(entry -> !entry.accurate() && entry.calls() == 1)
                            .count());
            tagger.allocationFailed(1);
            profiler.flush();
            assertTrue(logs.containing("[CODETAG-304]").stream().anyMatch(line -> line.contains("could not serve")));
        }
    }

    private static PageTagger faulty(Profiler profiler) {
        return profiler.attach(
                Pools.plain("faulty", 64).storage(FaultyStores.NAME).build());
    }

    @Test
    @DisplayName("goes on when the logging provider throws, and the allocator never notices")
    void brokenLogging() {
        final Logger logger = (Logger) LoggerFactory.getLogger("io.codetag");
        final AtomicInteger thrown = new AtomicInteger();
        final TurboFilter broken = new TurboFilter() {
            @Override
            public FilterReply decide(
                    Marker marker,
                    Logger source,
                    ch.qos.logback.classic.Level level,
                    String format,
                    Object[] parameters,
                    Throwable cause) {
                if (source == logger) {
                    thrown.incrementAndGet();
                    throw sneaky(thrown.get() % 2 == 0 ? new Exception("checked") : new AssertionError("error"));
                }
                return FilterReply.NEUTRAL;
            }
        };
        logger.getLoggerContext().addTurboFilter(broken);
        try (Profiler profiler = Profiler.builder().headroom(0).build()) {
            final PageTagger tagger = profiler.attach(Pools.flags("pool", 64, 2).build());
            final CodeModule module = profiler.load("module", IdReuseTest.places(3));
            tagger.add(0, 0, module.tags().get(2));
            module.unload();
            tagger.allocationFailed(3);
            profiler.flush();
            assertTrue(thrown.get() >= 4, "thrown " + thrown);
            assertEquals(new AllocCounts(Pools.PAGE, 1), module.tags().get(2).counts());
            logger.getLoggerContext().getTurboFilterList().remove(broken);
            try (Logs logs = Logs.capture()) {
                tagger.close();
                profiler.flush();
                assertEquals(1, logs.containing("[CODETAG-302]").size(), "it still logs");
            }
        } finally {
            logger.getLoggerContext().getTurboFilterList().remove(broken);
        }
        assertFalse(logger.getLoggerContext().getTurboFilterList().contains(broken));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
