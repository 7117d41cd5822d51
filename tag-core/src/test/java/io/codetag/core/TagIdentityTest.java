package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Borrower;
import com.acme.app.Declarations;
import com.acme.pool.PagePool;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.PageTagger;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A tag")
class TagIdentityTest {
    private Profiler profiler;

    @BeforeEach
    void open() {
        profiler = Profiler.builder().build();
    }

    @AfterEach
    void close() {
        profiler.close();
    }

    @Test
    @DisplayName("is the same one whenever its declaration is executed again, in use or not")
    void sameAgain() {
        final List<AllocTag> tags = Declarations.inLoop(profiler.space(), 3);
        assertSame(tags.get(0), tags.get(1));
        final AllocTag before = Declarations.one(profiler.space());
        before.resolve();
        assertSame(before, Declarations.one(profiler.space()));
        assertSame(tags.get(0), Declarations.inLoop(profiler.space(), 1).get(0));
    }

    @Test
    @DisplayName("is another one for each call, also of two on one line and in methods of one name")
    void different() {
        final List<AllocTag> tags = Declarations.onOneLine(profiler.space());
        assertNotSame(tags.get(0), tags.get(1));
        assertEquals(tags.get(0).declaration(), tags.get(1).declaration());
        assertNotSame(Declarations.overloaded(profiler.space(), 1), Declarations.overloaded(profiler.space(), 1L));
        assertNotSame(Declarations.one(profiler.space()), Declarations.other(profiler.space()));
        final PagePool pool = new PagePool(profiler::attach);
        tags.forEach(tag -> new Borrower().allocate(pool, tag));
        assertEquals(2, profiler.snapshot().entries().size());
        assertEquals(2, new HashSet<>(tags.stream().map(AllocTag::code).toList()).size());
        assertEquals(1, profiler.snapshot().merged().entries().size());
    }

    @Test
    @DisplayName("is the same one for threads that declare it at once")
    void declaredConcurrently() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            try (Profiler other = Profiler.builder().build()) {
                final AllocTag[] seen = new AllocTag[4];
                final int[] codes = new int[4];
                Crowd.run(4, number -> {
                    seen[number] = Declarations.one(other.space());
                    codes[number] = seen[number].resolve().code();
                });
                for (int i = 0; i < 4; i++) {
                    assertSame(seen[0], seen[i]);
                    assertEquals(3, codes[i]);
                }
                assertEquals(1, other.snapshot().entries().size());
            }
        }
    }

    @Test
    @DisplayName("counts as declared until its first use")
    void declaredUnused() {
        final int before = profiler.space().declaredUnused();
        final List<AllocTag> two = Declarations.onOneLine(profiler.space());
        Declarations.onOneLine(profiler.space());
        assertEquals(before + 2, profiler.space().declaredUnused());
        two.get(0).resolve();
        assertEquals(before + 1, profiler.space().declaredUnused());
        assertEquals(1, before, "the untagged one");
        profiler.space().untagged().resolve();
        assertEquals(1, profiler.space().declaredUnused());
    }

    @Test
    @DisplayName("records nothing in another space: not by add, stamp, charge or as the current tag")
    @SuppressWarnings("try") // the scope is there to be closed
    void otherSpace() {
        final long[] words = new long[16];
        try (Profiler other = Profiler.builder().build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 20).build());
            final AllocTag unused = Declarations.one(other.space());
            final AllocTag used = Declarations.other(other.space()).resolve();
            tagger.add(0, 0, unused);
            tagger.add(1, 0, used);
            assertEquals(0x77, tagger.stamp(2, 0, 0x77, unused));
            assertEquals(0x77, tagger.stamp(3, 0, 0x77, used));
            assertTrue(Pools.allZero(words));
            assertEquals(List.of(), profiler.snapshot().entries());
            try (var scope = used.enter()) {
                tagger.add(4, 0);
                assertSame(used, other.space().current());
                assertSame(profiler.space().untagged(), profiler.space().current());
            }
            assertEquals(AllocCounts.ZERO, used.counts());
            assertEquals(1, profiler.space().untagged().counts().calls());
            assertNotEquals(0, used.charge(10));
            assertEquals(new AllocCounts(10, 1), used.counts());
            assertEquals(AllocCounts.ZERO, profiler.totals().charged());
            assertEquals(0, unused.code());
        }
    }

    @Test
    @DisplayName("with odd characters in its names keeps its line of the report a line")
    void oddNames() throws IOException {
        final List<CodeTag> places = List.of(
                CodeTag.of("com.acme.My Class", "My Class.java", 1, "a b"),
                CodeTag.of("com.acme.New\nLine", "New\nLine.java", 2, "tab\there"),
                CodeTag.of("com.acme.Nul\0", "x\\y.java", 3, "<init>"),
                new CodeTag(null, "Default", null, 0, "main"));
        profiler.load("odd module\n", places);
        final StringBuilder report = new StringBuilder();
        AllocInfoText.V2_0.write(profiler.snapshot(), report);
        final List<String> lines = report.toString().lines().skip(2).toList();
        assertEquals(4, lines.size(), report.toString());
        final String module = " [odd\\040module\\012] ";
        assertTrue(lines.get(0).endsWith(" com/acme/My\\040Class.java:1" + module + "func:a\\040b "), lines.get(0));
        assertTrue(
                lines.get(1).endsWith(" com/acme/New\\012Line.java:2" + module + "func:tab\\011here "), lines.get(1));
        assertTrue(lines.get(2).endsWith(" com/acme/x\\134y.java:3" + module + "func:<init> "), lines.get(2));
        assertTrue(lines.get(3).endsWith(" Default.class:0" + module + "func:main "), lines.get(3));
    }
}
