package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.StorageFacts;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A backend that throws")
class FaultyStoreTest {
    private static final List<Named<Supplier<Throwable>>> FAILURES = List.of(
            Named.of("an exception", () -> new IllegalStateException("expected")),
            Named.of("an error", () -> new AssertionError("expected")),
            Named.of("a stack overflow", () -> new StackOverflowError("expected")),
            Named.of("an out of memory", () -> new OutOfMemoryError("expected")),
            Named.of("a missing class", () -> new NoClassDefFoundError("expected")),
            Named.of("a failure that cannot be printed", Unprintable::new));

    private static AllocTag current;

    @AfterEach
    void disarm() {
        FaultyStores.disarm();
    }

    private static Stream<Arguments> combine(List<String> methods) {
        return methods.stream().flatMap(method -> FAILURES.stream().map(failure -> Arguments.of(method, failure)));
    }

    static Stream<Arguments> whenAsked() {
        return combine(List.of("name", "priority", "check", "provider.maxCode", "fieldInWord"));
    }

    static Stream<Arguments> whenOpened() {
        return combine(List.of("open", "maxCode"));
    }

    static Stream<Arguments> whenUsed() {
        final List<Named<Consumer<PageTagger>>> uses = List.of(
                Named.of("getAndSet in add", tagger -> tagger.add(1, 0)),
                Named.of("getAndSet in clear", tagger -> tagger.clear(0)),
                Named.of("getAndSet in stamp", tagger -> assertEquals(7, tagger.stamp(1, 0, 7, current))),
                Named.of("get in sub", tagger -> tagger.sub(0, 2)),
                Named.of("compareAndSet in sub", tagger -> tagger.sub(0, 2)),
                Named.of("get in unstamp", tagger -> assertEquals(7, tagger.unstamp(0, 2, 7))),
                Named.of("get in split", tagger -> tagger.split(0, 2, 0)),
                Named.of("getAndSet in split", tagger -> tagger.split(0, 2, 0)),
                Named.of("get in trim", tagger -> tagger.trim(0, 2, 0)),
                Named.of("get in swap", tagger -> tagger.swap(4, 0, 2)),
                Named.of("getAndSet in swap", tagger -> tagger.swap(4, 0, 2)),
                Named.of("compareAndSet in swap", tagger -> tagger.swap(8, 0, 2)),
                Named.of("get in copyStamp", tagger -> assertEquals(7, tagger.copyStamp(0, 7, 1, 0, 7))),
                Named.of("get in restamp", tagger -> tagger.restamp(0, 2, 0, 7)),
                Named.of("grow in grow", tagger -> tagger.grow(128)),
                Named.of("bytesOccupied in storage", PageTagger::storage),
                Named.of("get in totals", PageTagger::totals));
        return uses.stream().flatMap(use -> FAILURES.stream().map(failure -> Arguments.of(use, failure)));
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource
    @DisplayName("when it is asked is left out; another is taken, and asked for by name it is an error that says so")
    void whenAsked(String method, Supplier<Throwable> failure) {
        FaultyStores.rank(500);
        FaultyStores.arm(method, failure);
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            assertEquals("pageext", tagger.storage().store());
            tagger.add(0, 0);
            assertEquals(1, tagger.totals().calls());
            final var named = assertThrows(
                    IllegalArgumentException.class,
                    () -> profiler.attach(
                            Pools.plain("named", 64).storage(FaultyStores.NAME).build()));
            assertTrue(named.getMessage().contains("'faulty'"), named.getMessage());
            profiler.flush();
            final boolean discovered = method.equals("name") || method.equals("priority");
            assertEquals(discovered ? 1 : 0, logs.containing("[CODETAG-104]").size());
        }
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource
    @DisplayName("when it is opened leaves those pages unprofiled, with one warning, and the allocator goes on")
    void whenOpened(String method, Supplier<Throwable> failure) {
        FaultyStores.rank(500);
        FaultyStores.arm(method, failure);
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            FaultyStores.disarm();
            assertDisabled(profiler, tagger, logs);
            tagger.add(0, 0);
            tagger.sub(0, 0);
            assertEquals(0, tagger.totals().calls());
        }
    }

    @Test
    @DisplayName("when it is opened is an error that says so if it was asked for by name")
    void whenOpenedByName() {
        final IllegalStateException cause = new IllegalStateException("expected");
        FaultyStores.arm("open", () -> cause);
        try (Profiler profiler = Profiler.builder().storage(FaultyStores.NAME).build()) {
            final PageSpec spec = Pools.plain("pool", 64).build();
            final var refused = assertThrows(IllegalArgumentException.class, () -> profiler.attach(spec));
            assertSame(cause, refused.getCause());
            assertTrue(refused.getMessage().contains("'faulty'"), refused.getMessage());
            assertEquals(List.of(), profiler.storage());
        }
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource
    @DisplayName("when it is used is never called again; the tags concerned are inexact, and the call returns")
    void whenUsed(Consumer<PageTagger> use, Supplier<Throwable> failure, org.junit.jupiter.api.TestInfo info) {
        final String method =
                info.getDisplayName().substring(0, info.getDisplayName().indexOf(" in "));
        try (Logs logs = Logs.capture();
                Profiler profiler =
                        Profiler.builder().storage(FaultyStores.NAME).build()) {
            final PageTagger tagger = profiler.attach(
                    Pools.plain("pool", 64).orders(pfn -> pfn == 0 ? 2 : -1).build());
            final AllocTag tag = Declarations.one(profiler.space());
            current = Declarations.other(profiler.space());
            tagger.add(0, 2, tag);
            tagger.clear(4, 2);
            FaultyStores.arm(method, failure);
            use.accept(tagger);
            use.accept(tagger);
            assertDisabled(profiler, tagger, logs);
            assertEquals(
                    List.of(tag.code()),
                    profiler.snapshot().entries().stream()
                            .filter(entry -> entry.calls() > 0)
                            .filter(entry -> !entry.accurate())
                            .map(AllocEntry::code)
                            .toList());
            FaultyStores.disarm();
            final AllocCounts before = tag.counts();
            tagger.add(9, 0, tag);
            tagger.sub(0, 2);
            assertEquals(before, tag.counts());
            tagger.close();
            assertEquals(AllocCounts.ZERO, tag.counts());
        }
    }

    private static void assertDisabled(Profiler profiler, PageTagger tagger, Logs logs) {
        final StorageFacts facts = tagger.storage();
        assertNotNull(facts.disabledReason());
        assertTrue(facts.disabledReason().contains("fail"), facts.disabledReason());
        assertEquals(0, facts.limit());
        profiler.flush();
        assertEquals(1, logs.containing("[CODETAG-204]").size());
        assertEquals(1, logs.containing("WARN").size(), "one warning");
    }

    @ParameterizedTest(name = "{0} throws")
    @org.junit.jupiter.params.provider.ValueSource(strings = {"clear", "close"})
    @DisplayName("when it is closed: everything is credited all the same, and it is closed if only clearing failed")
    void whenClosed(String method) {
        final int closed = FaultyStores.CLOSED.get();
        try (Logs logs = Logs.capture();
                Profiler profiler =
                        Profiler.builder().storage(FaultyStores.NAME).build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            final AllocTag tag = Declarations.one(profiler.space());
            tagger.add(0, 2, tag);
            FaultyStores.arm(method, () -> new IllegalStateException("expected"));
            tagger.close();
            assertEquals(AllocCounts.ZERO, tag.counts());
            assertEquals(closed + 1, FaultyStores.CLOSED.get());
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-204]").size());
            assertEquals(List.of(), profiler.storage());
        }
    }

    @Test
    @DisplayName("when it is told a name is disabled too, by the daemon thread, with one warning")
    void whenNamed() {
        FaultyStores.arm("named", () -> new AssertionError("expected"));
        try (Logs logs = Logs.capture();
                Profiler profiler =
                        Profiler.builder().storage(FaultyStores.NAME).build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64).build());
            assertNull(tagger.storage().disabledReason());
            tagger.add(0, 0, Declarations.one(profiler.space()));
            profiler.flush();
            assertDisabled(profiler, tagger, logs);
        }
    }

    @Test
    @DisplayName("as overflow store loses only what had overflowed; the other store is closed if it cannot be opened")
    void overflow() {
        FaultyStores.rank(150);
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder()
                        .headroom(0)
                        .overflow(OverflowPolicy.SPILL)
                        .build()) {
            final PageTagger tagger = profiler.attach(Pools.flags("pool", 64, 2).build());
            assertEquals("faulty", tagger.storage().overflowStore());
            final AllocTag fits = Declarations.one(profiler.space()).resolve();
            final AllocTag escapes = Declarations.other(profiler.space());
            long word = tagger.stamp(0, 0, 0, fits);
            FaultyStores.arm("getAndSet", () -> new IllegalStateException("expected"));
            assertEquals(0, tagger.stamp(1, 0, 0, escapes));
            FaultyStores.disarm();
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-204]").size());
            assertEquals(AllocCounts.ZERO, escapes.counts());
            word = tagger.unstamp(0, 0, word);
            assertEquals(0, word);
            assertEquals(AllocCounts.ZERO, fits.counts(), "what sits in the word is still credited");
        }
    }

    /** Cannot even be turned into text. */
    private static final class Unprintable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
