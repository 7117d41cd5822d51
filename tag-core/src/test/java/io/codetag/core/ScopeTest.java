package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import io.codetag.TagScope;
import io.codetag.TagSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A scope")
@SuppressWarnings("try") // scopes are there to be closed
class ScopeTest {
    private static final AllocCounts ONE_PAGE = new AllocCounts(Pools.PAGE, 1);

    private Profiler profiler;
    private TagSpace space;
    private AllocTag outer;
    private AllocTag inner;

    @BeforeEach
    void open() {
        profiler = Profiler.builder().build();
        space = profiler.space();
        outer = Declarations.one(space);
        inner = Declarations.other(space);
    }

    @AfterEach
    void close() {
        profiler.close();
    }

    @Test
    @DisplayName("makes its tag the current one; the innermost wins, and each exit restores the one before")
    void nesting() {
        assertSame(space.untagged(), space.current());
        try (TagScope one = outer.enter()) {
            assertSame(outer, space.current());
            try (TagScope two = inner.enter()) {
                assertSame(inner, space.current());
                try (TagScope three = outer.enter()) {
                    assertSame(outer, space.current());
                }
                assertSame(inner, space.current());
            }
            assertSame(outer, space.current());
        }
        assertSame(space.untagged(), space.current());
    }

    @Test
    @DisplayName("is charged what an allocator records without a tag; outside any it is the visible line untagged")
    void charged() throws IOException {
        final PageTagger tagger = profiler.attach(Pools.plain("pool", 16).build());
        try (TagScope one = outer.enter()) {
            tagger.add(0, 0);
            try (TagScope two = inner.enter()) {
                tagger.add(1, 0);
            }
        }
        tagger.add(2, 0);
        assertEquals(ONE_PAGE, outer.counts());
        assertEquals(ONE_PAGE, inner.counts());
        final StringBuilder report = new StringBuilder();
        AllocInfoText.V2_0.write(profiler.snapshot(), report);
        assertTrue(report.toString().contains("        4096        1 untagged:0 func:untagged \n"), report.toString());
    }

    @Test
    @DisplayName("is left by an exception")
    void exception() {
        assertThrows(IllegalStateException.class, () -> {
            try (TagScope one = outer.enter()) {
                throw new IllegalStateException("expected");
            }
        });
        assertSame(space.untagged(), space.current());
    }

    @Test
    @DisplayName("closed out of order leaves the inner one current until that is closed too")
    void outOfOrder() {
        final TagScope one = outer.enter();
        final TagScope two = inner.enter();
        one.close();
        assertSame(inner, space.current());
        two.close();
        assertSame(space.untagged(), space.current());
    }

    @Test
    @DisplayName("closed twice does nothing the second time")
    void twice() {
        final TagScope one = outer.enter();
        one.close();
        final TagScope two = inner.enter();
        one.close();
        assertSame(inner, space.current());
        two.close();
        two.close();
        assertSame(space.untagged(), space.current());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("is one of many, closed in any order and again and again: the last entered that is open wins. Seed")
    void anyOrder(long seed) {
        final Random random = new Random(seed);
        final List<TagScope> entered = new ArrayList<>();
        final List<AllocTag> tags = new ArrayList<>();
        final BitSet open = new BitSet();
        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(5) < 2) {
                final AllocTag tag = random.nextBoolean() ? outer : inner;
                open.set(entered.size());
                entered.add(tag.enter());
                tags.add(tag);
            } else if (!entered.isEmpty()) {
                final int back = random.nextInt(Math.min(entered.size(), 20));
                entered.get(entered.size() - 1 - back).close();
                open.clear(entered.size() - 1 - back);
            }
            final int innermost = open.length() - 1;
            assertSame(innermost < 0 ? space.untagged() : tags.get(innermost), space.current(), "step " + step);
        }
        entered.forEach(TagScope::close);
        assertSame(space.untagged(), space.current());
    }

    @Test
    @DisplayName("belongs to its thread: others neither inherit nor close it")
    void ofItsThread() throws InterruptedException {
        final TagScope mine = outer.enter();
        Crowd.run(1, number -> {
            assertSame(space.untagged(), space.current());
            mine.close();
            try (TagScope theirs = inner.enter()) {
                mine.close();
                assertSame(inner, space.current());
            }
            assertSame(space.untagged(), space.current());
        });
        assertSame(outer, space.current());
        mine.close();
        assertSame(space.untagged(), space.current());
    }

    @Test
    @DisplayName("entered while profiling is off does nothing, not even take an id, and is closed without harm")
    void whileOff() {
        profiler.record(false);
        final TagScope off = outer.enter();
        assertSame(space.untagged(), space.current());
        assertEquals(0, outer.code());
        profiler.record(true);
        try (TagScope on = inner.enter()) {
            off.close();
            assertSame(inner, space.current());
        }
        assertSame(space.untagged(), space.current());
    }

    @Test
    @DisplayName("entered while on is left while off")
    void leftWhileOff() {
        final TagScope on = outer.enter();
        profiler.record(false);
        on.close();
        profiler.record(true);
        assertSame(space.untagged(), space.current());
    }

    @Test
    @DisplayName("is a use of its tag")
    void isUse() {
        try (TagScope one = outer.enter()) {
            assertNotEquals(0, outer.code());
        }
    }

    @Test
    @DisplayName("of one space does not hide the scope of another one around it")
    void spacesApart() {
        try (Profiler other = Profiler.builder().build()) {
            final AllocTag foreign = Declarations.one(other.space());
            try (TagScope one = outer.enter();
                    TagScope two = foreign.enter()) {
                assertSame(outer, space.current());
                assertSame(foreign, other.space().current());
                try (TagScope three = inner.enter()) {
                    assertSame(inner, space.current());
                    assertSame(foreign, other.space().current());
                }
            }
            assertSame(space.untagged(), space.current());
        }
    }

    @Test
    @DisplayName("works on virtual threads, one for each")
    void virtual() throws ReflectiveOperationException, InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        try (TagScope mine = outer.enter()) {
            for (int i = 0; i < 10; i++) {
                VirtualThreads.start(() -> {
                            try (TagScope theirs = inner.enter()) {
                                assertSame(inner, space.current());
                            } catch (RuntimeException | Error thrown) {
                                failure.set(thrown);
                            }
                        })
                        .join();
                assertSame(outer, space.current());
            }
        }
        assertEquals(null, failure.get());
    }

    @Test
    @DisplayName("entered before its space has a profiler is seen, whatever other profilers have switched off")
    void beforeThereIsAProfiler() {
        try (Profiler off = Profiler.builder().profiling("0").build()) {
            assertEquals(ProfilingState.COLD, off.state());
            final TagSpace space = new TagSpace();
            final AllocTag tag = space.here();
            try (TagScope scope = tag.enter()) {
                assertSame(tag, space.current());
            }
            assertSame(space.untagged(), space.current());
        }
    }
}
