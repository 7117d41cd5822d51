package io.codetag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.RecordingSwitch;
import io.codetag.spi.TagDeclaration;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The first use of a tag")
class FirstUseTest {
    private final TagSpace space = new TagSpace();
    private final StubEngine engine = new StubEngine();

    private final boolean wasAllocating = RecordingSwitch.allocating();
    private final boolean wasFreeing = RecordingSwitch.freeing();

    FirstUseTest() {
        space.connect(engine);
        RecordingSwitch.set(true, true);
    }

    @AfterEach
    void restore() {
        RecordingSwitch.set(wasAllocating, wasFreeing);
    }

    static Stream<Named<Supplier<Error>>> failures() {
        return Stream.of(
                Named.of("an out of memory", () -> new OutOfMemoryError("expected")),
                Named.of("a stack overflow", () -> new StackOverflowError("expected")),
                Named.of("an error", () -> new AssertionError("expected")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("that fails leaves that use untracked and counted as such; the next one succeeds. It fails by")
    @SuppressWarnings("try") // the scope is there to be closed
    void fails(Supplier<Error> failure) {
        final AllocTag tag = space.here();
        engine.failure = failure;
        assertEquals(0, tag.charge(10));
        assertEquals(0, tag.resolve().code());
        try (TagScope scope = tag.enter()) {
            assertSame(tag, space.current());
        }
        assertEquals(3, engine.failures);
        engine.failure = null;
        assertEquals(3, tag.charge(10));
        assertEquals(3, tag.code());
        assertEquals(List.of(10L), engine.charged);
        assertEquals(3, engine.failures);
    }

    @Test
    @DisplayName("within itself is untracked and counted as such, and the outer one succeeds")
    void reenters() {
        final AllocTag tag = space.here();
        final List<Integer> inner = new ArrayList<>();
        engine.within = () -> inner.add(tag.charge(1));
        assertEquals(3, tag.charge(10));
        assertEquals(List.of(0), inner);
        assertEquals(1, engine.failures);
        assertEquals(List.of(10L), engine.charged);
    }

    @Test
    @DisplayName("within the first use of another tag is a first use like any other")
    void another() {
        final AllocTag outer = space.here();
        final AllocTag inner = space.here();
        engine.within = () -> {
            engine.within = () -> {};
            assertTrue(inner.charge(1) >= 3);
        };
        assertTrue(outer.charge(10) >= 3);
        assertEquals(List.of(1L, 10L), engine.charged);
        assertEquals(0, engine.failures);
    }

    @Test
    @DisplayName("by a lease that was taken before there was a profiler counts as soon as there is one")
    void leasedBefore() {
        final TagSpace later = new TagSpace();
        final AllocTag tag = later.here();
        try (ChargeLease lease = later.lease()) {
            assertEquals(0, lease.charge(tag, 1));
            lease.discharge(3, 1);
            later.connect(engine);
            assertEquals(3, lease.charge(tag, 2));
            assertEquals(List.of(2L), engine.charged);
        }
    }

    @Test
    @DisplayName("happens once")
    void once() {
        final AllocTag tag = space.here();
        for (int i = 0; i < 5; i++) {
            tag.resolve();
            assertEquals(3, tag.charge(i));
        }
        assertEquals(1, engine.firstUses);
    }

    /** A profiler that hands out codes and can be made to fail. */
    private static final class StubEngine extends ProfilerEngine {
        private @Nullable Supplier<Error> failure;
        private Runnable within = () -> {};
        private int failures;
        private int firstUses;
        private final List<Long> charged = new ArrayList<>();

        @Override
        public int firstUse(AllocTag tag, TagDeclaration declaration, @Nullable String allocatorPackage) {
            if (failure != null) {
                throw failure.get();
            }
            within.run();
            return 3 + firstUses++;
        }

        @Override
        public void firstUseFailed() {
            failures++;
        }

        @Override
        public int charge(int code, long bytes) {
            charged.add(bytes);
            return code;
        }

        @Override
        public int charge(TagStripe stripe, int code, long bytes) {
            return charge(code, bytes);
        }

        @Override
        public void discharge(TagStripe stripe, int code, long bytes) {}

        @Override
        public TagStripes chargeStripes() {
            return InertEngine.STRIPES;
        }

        @Override
        public int[] load(String name, List<AllocTag> tags, List<CodeTag> places) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int moduleOf(Class<?> type) {
            return 0;
        }

        @Override
        public String moduleName(int module) {
            return "";
        }

        @Override
        public boolean unload(int module) {
            return false;
        }

        @Override
        public boolean isLoaded(int module) {
            return true;
        }

        @Override
        public PageTagger attach(PageSpec spec, String callerPackage) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void discharge(int code, long bytes) {}

        @Override
        public AllocCounts counts(int code) {
            return AllocCounts.ZERO;
        }

        @Override
        public @Nullable CodeTag place(int code) {
            return null;
        }

        @Override
        public ProfilingState state() {
            return ProfilingState.ON;
        }

        @Override
        public void record(boolean on) {}
    }
}
