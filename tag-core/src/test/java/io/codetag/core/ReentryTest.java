package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Foreign code within a recording call")
class ReentryTest {
    private static final AllocCounts ONE_PAGE = new AllocCounts(Pools.PAGE, 1);

    /** Opens a profiler whose store runs something once, before it stores its first tag. */
    private static PageTagger hooked(Profiler profiler, Runnable once) {
        final AtomicReference<Runnable> next = new AtomicReference<>(once);
        HookedStores.next(new StoreHook(() -> {
            final Runnable body = next.getAndSet(null);
            if (body != null) {
                body.run();
            }
        }));
        return profiler.attach(
                Pools.plain("pool", 64).storage(HookedStores.NAME).build());
    }

    @Test
    @DisplayName("may use another tag for the first time, and the same one, and both are counted")
    void firstUse() {
        try (Profiler profiler = Profiler.builder().build()) {
            final AllocTag outer = Declarations.one(profiler.space());
            final AllocTag inner = Declarations.other(profiler.space());
            final PageTagger other =
                    profiler.attach(Pools.flags("other", 64, 20).build());
            final AtomicReference<PageTagger> self = new AtomicReference<>();
            self.set(hooked(profiler, () -> {
                other.add(0, 0, inner);
                other.add(1, 0, outer);
                self.get().add(1, 0, inner);
                assertNotEquals(0, inner.charge(10));
            }));
            self.get().add(0, 0, outer);
            assertEquals(new AllocCounts(2L * Pools.PAGE, 2), outer.counts());
            assertEquals(new AllocCounts(2L * Pools.PAGE + 10, 3), inner.counts());
            assertEquals(0, profiler.firstUseFailures());
        }
    }

    @Test
    @DisplayName("may read, attach, load, switch and close, without harm")
    void everythingElse() {
        try (Profiler profiler = Profiler.builder().build()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final AtomicReference<PageTagger> self = new AtomicReference<>();
            final List<PageTotals> seen = new ArrayList<>();
            self.set(hooked(profiler, () -> {
                assertEquals(1, profiler.snapshot().entries().size());
                seen.addAll(profiler.totals().pages());
                profiler.storage();
                profiler.attach(Pools.plain("inner", 64).build()).close();
                profiler.load("module", IdReuseTest.places(2)).unload();
                profiler.record(false);
                profiler.record(true);
                profiler.housekeep();
                self.get().allocationFailed(3);
                self.get().totals();
            }));
            self.get().add(0, 0, tag);
            assertEquals(ONE_PAGE, tag.counts());
            assertEquals(
                    AllocCounts.ZERO,
                    new AllocCounts(seen.get(0).bytes(), seen.get(0).calls()));
            assertNull(self.get().storage().disabledReason());
        }
    }

    @Test
    @DisplayName("that closes the allocator it runs under leaves nothing counted")
    void closes() {
        try (Profiler profiler = Profiler.builder().build()) {
            final AllocTag tag = Declarations.one(profiler.space());
            final AtomicReference<PageTagger> self = new AtomicReference<>();
            self.set(hooked(profiler, () -> self.get().close()));
            self.get().add(0, 0, tag);
            self.get().sub(0, 0);
            assertEquals(AllocCounts.ZERO, tag.counts());
            assertEquals(List.of(), profiler.totals().pages());
        }
    }

    static Stream<Named<Runnable>> failures() {
        return Stream.of(
                Named.of("an exception", () -> {
                    throw new IllegalStateException("expected");
                }),
                Named.of("an error", () -> {
                    throw new AssertionError("expected");
                }),
                Named.of("a stack overflow", () -> {
                    throw new StackOverflowError("expected");
                }));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("that fails while blocks are looked up: what is untracked is unknown, and all else goes on, after")
    void ordersThatThrow(Runnable failure) {
        try (Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 64)
                    .orders(pfn -> {
                        failure.run();
                        return -1;
                    })
                    .build());
            final AllocTag tag = Declarations.one(profiler.space());
            tagger.add(0, 0, tag);
            assertEquals(new PageTotals("pool", Pools.PAGE, 1, OptionalLong.empty()), tagger.totals());
            assertEquals(OptionalLong.empty(), profiler.totals().untracked());
            tagger.sub(0, 0);
            assertEquals(AllocCounts.ZERO, tag.counts());
            assertNull(tagger.storage().disabledReason());
        }
    }

    @Test
    @DisplayName("that tells nonsense of blocks harms nobody")
    void ordersOfNonsense() {
        final int[] nonsense = {63, -63, 64, Integer.MAX_VALUE, Integer.MIN_VALUE, 62, 11, 0, 31, 32};
        try (Profiler profiler = Profiler.builder().storage("pageext").build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", 640)
                    .orders(pfn -> {
                        assertTrue(pfn >= 0 && pfn < 640, "page " + pfn);
                        return nonsense[(int) (pfn % nonsense.length)];
                    })
                    .build());
            final AllocTag tag = Declarations.one(profiler.space());
            tagger.add(7, 0, tag);
            assertEquals(OptionalLong.of(63L * Pools.PAGE), tagger.totals().untracked());
            assertNull(tagger.storage().disabledReason());
            assertEquals(ONE_PAGE, tag.counts());
        }
    }
}
