package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import com.acme.pool.StampPool;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A census")
class CensusTest {
    private static final int PAGES = 64;

    private final int[] orders = new int[2 * PAGES];
    private final Profiler profiler = Profiler.builder()
            .accounting("census")
            .overflow(OverflowPolicy.SPILL)
            .headroom(0)
            .build();

    CensusTest() {
        Arrays.fill(orders, -1);
    }

    @AfterEach
    void close() {
        profiler.close();
    }

    private PageTagger attach() {
        return profiler.attach(
                Pools.plain("pool", PAGES).orders(pfn -> orders[(int) pfn]).build());
    }

    private void add(PageTagger tagger, int pfn, int order, AllocTag tag) {
        orders[pfn] = order;
        tagger.add(pfn, order, tag);
    }

    @Test
    @DisplayName("writes no stripe, neither the allocator's own nor a leased one")
    void writesNoStripe() {
        final StampPool pool = new StampPool(PAGES, 5, true, profiler::attach);
        final AllocTag tag = Declarations.one(profiler.space());
        final var leased = pool.tagger().lease();
        pool.allocate(0, 2, tag);
        final long word = pool.tagger().stamp(leased, 8, 0, 1, tag);
        assertEquals(1, pool.tagger().unstamp(leased, 8, 0, word));
        pool.free(0);
        assertEquals(0, leased.rows());
        assertEquals(AllocCounts.ZERO, tag.counts());
        pool.tagger().release(leased);
    }

    @Test
    @DisplayName("counts what was charged too, which is no page")
    void charges() {
        final PageTagger tagger = attach();
        final AllocTag tag = Declarations.one(profiler.space());
        add(tagger, 8, 3, tag);
        final int charge = tag.charge(1_000);
        assertEquals(new AllocCounts(8L * Pools.PAGE + 1_000, 2), tag.counts());
        final ProfilerTotals totals = profiler.totals();
        assertEquals(new AllocCounts(8L * Pools.PAGE, 1), totals.recorded());
        assertEquals(new AllocCounts(1_000, 1), totals.charged());
        profiler.discharge(charge, 1_000);
        assertEquals(new AllocCounts(8L * Pools.PAGE, 1), tag.counts());
    }

    @Test
    @DisplayName("goes on behind a block, so that what its inner pages hold is not counted")
    void skipsByOrder() {
        final PageTagger tagger = attach();
        final AllocTag red = Declarations.one(profiler.space());
        final AllocTag blue = Declarations.other(profiler.space());
        add(tagger, 8, 3, red);
        add(tagger, 11, 0, blue); // an allocator that says two blocks overlap
        assertEquals(new AllocCounts(8L * Pools.PAGE, 1), red.counts());
        assertEquals(AllocCounts.ZERO, blue.counts());
        orders[8] = -1; // no block begins there, whatever its reference says
        assertEquals(AllocCounts.ZERO, red.counts());
        assertEquals(new AllocCounts(Pools.PAGE, 1), blue.counts());
        orders[8] = 11; // above the largest order
        orders[63] = 1; // beyond the last page
        tagger.add(63, 0, red);
        assertEquals(AllocCounts.ZERO, red.counts());
    }

    @Test
    @DisplayName("looks at all pages once for a report, however many tags it has")
    void oneLookForAReport() {
        final AtomicInteger asked = new AtomicInteger();
        final PageTagger tagger = profiler.attach(Pools.plain("pool", PAGES)
                .orders(pfn -> {
                    asked.incrementAndGet();
                    return orders[(int) pfn];
                })
                .build());
        final List<AllocTag> tags =
                profiler.load("tags", IdReuseTest.places(40)).tags();
        for (int i = 0; i < 40; i++) {
            add(tagger, i, 0, tags.get(i));
        }
        final AllocInfo info = profiler.snapshot();
        assertEquals(40, asked.get());
        assertEquals(new AllocCounts(40L * Pools.PAGE, 40), info.total());
        assertEquals(10, profiler.snapshot(AllocFilter.ALL).top(10).entries().size());
        assertEquals(80, asked.get());
    }

    @Test
    @DisplayName("is what text, JSON, top and difference report, as counters would")
    void reports() throws Exception {
        final PageTagger tagger = attach();
        final AllocTag tag = profiler.load("tags", IdReuseTest.places(1)).tags().get(0);
        final AllocInfo before = profiler.snapshot();
        add(tagger, 0, 4, tag);
        final AllocInfo after = profiler.snapshot();
        final StringWriter text = new StringWriter();
        AllocInfoText.V2_0.write(after, text);
        assertTrue(
                text.toString().contains("       65536        1 com/acme/Plugin.java:1 [tags] func:site"),
                text::toString);
        assertEquals(1, after.top(1).entries().get(0).counts().calls());
        assertEquals(
                new AllocCounts(16L * Pools.PAGE, 1),
                after.diff(before).deltas().get(0).delta());
        final StringWriter json = new StringWriter();
        AllocInfoJson.ENTRIES.write(after, json);
        assertTrue(json.toString().contains("65536"), json::toString);
    }

    @Test
    @DisplayName("finds an escaped reference in the overflow store, and none where its slot is empty")
    void escaped() {
        final long[] words = new long[PAGES];
        final PageTagger tagger = profiler.attach(
                Pools.flags("pool", words, 2).orders(pfn -> orders[(int) pfn]).build());
        final List<AllocTag> tags = profiler.load("tags", IdReuseTest.places(3)).tags();
        add(tagger, 0, 1, tags.get(2));
        assertEquals(2, words[0] >>> 8, "escaped");
        assertEquals(new AllocCounts(2L * Pools.PAGE, 1), tags.get(2).counts());
        tagger.sub(0, 1);
        assertEquals(2, words[0] >>> 8, "the mark stays");
        assertEquals(AllocCounts.ZERO, tags.get(2).counts());
        assertEquals(AllocCounts.ZERO, profiler.snapshot().total());
    }

    @Test
    @DisplayName("is not taken of pages whose allocator cannot tell its blocks: they are counted, with a warning")
    void withoutOrders() {
        try (Logs logs = Logs.capture()) {
            final PageTagger tagger =
                    profiler.attach(Pools.plain("silent", PAGES).build());
            final AllocTag tag = Declarations.one(profiler.space());
            tagger.add(8, 3, tag);
            assertEquals(new AllocCounts(8L * Pools.PAGE, 1), tag.counts());
            assertEquals(new AllocCounts(8L * Pools.PAGE, 1), profiler.totals().recorded());
            final PageTagger told = attach();
            add(told, 0, 0, tag);
            assertEquals(new AllocCounts(9L * Pools.PAGE, 2), tag.counts());
            profiler.flush();
            assertEquals(1, logs.containing("CODETAG-105").size());
            assertTrue(logs.containing("CODETAG-105").get(0).startsWith("WARN [CODETAG-105] allocator 'silent'"));
            assertEquals(1, logs.containing("counted by census").size());
        }
    }

    @Test
    @DisplayName("of a closed allocator is the last word: what was live is logged once, with whose it was")
    void closed() {
        try (Logs logs = Logs.capture()) {
            final PageTagger tagger = attach();
            final AllocTag red = Declarations.one(profiler.space());
            add(tagger, 0, 2, red);
            add(tagger, 8, 0, Declarations.other(profiler.space()));
            tagger.close();
            assertEquals(AllocCounts.ZERO, red.counts());
            assertEquals(AllocCounts.ZERO, profiler.snapshot().total());
            profiler.flush();
            final List<String> lines = logs.containing("CODETAG-302");
            assertEquals(1, lines.size());
            assertTrue(lines.get(0).contains("20480 bytes in 2 blocks"), lines.get(0));
            assertTrue(lines.get(0).contains("(16384 bytes)"), lines.get(0));
            final PageTotals totals = tagger.totals();
            assertTrue(totals.bytes() == 0 || totals.bytes() == 20480, totals::toString);
        }
    }

    @Test
    @DisplayName("hands no id out again: a block that moves while pages are looked at may be overlooked")
    void idsAreNotReused() {
        final WeakReference<AllocTag> handle = loadAndDrop();
        PluginJar.collectUntil(() -> handle.refersTo(null));
        for (int i = 0; i < 5; i++) {
            System.gc();
            profiler.housekeep();
        }
        assertNotNull(profiler.registry().record(3), "the place stays known");
        assertEquals(
                4, profiler.load("next", IdReuseTest.places(1)).tags().get(0).code());
    }

    private WeakReference<AllocTag> loadAndDrop() {
        final CodeModule module = profiler.load("dropped", IdReuseTest.places(1));
        module.unload();
        assertEquals(3, module.tags().get(0).code());
        return new WeakReference<>(module.tags().get(0));
    }

    @Test
    @DisplayName("does not keep an allocator that was dropped without being closed")
    void collected() {
        final AllocTag tag = Declarations.one(profiler.space());
        final WeakReference<PageTagger> dropped = drop(tag);
        PluginJar.collectUntil(() -> {
            profiler.housekeep();
            return dropped.refersTo(null) && profiler.storage().isEmpty();
        });
        assertEquals(AllocCounts.ZERO, tag.counts());
    }

    private WeakReference<PageTagger> drop(AllocTag tag) {
        final PageTagger tagger = attach();
        add(tagger, 0, 0, tag);
        assertEquals(new AllocCounts(Pools.PAGE, 1), tag.counts());
        return new WeakReference<>(tagger);
    }

    @Test
    @DisplayName("of an allocator whose own look-up throws ends the profiling of its pages, and says why")
    void lookUpThrows() {
        try (Logs logs = Logs.capture()) {
            final PageTagger tagger = profiler.attach(Pools.plain("odd", PAGES)
                    .orders(pfn -> {
                        throw new IllegalStateException("expected");
                    })
                    .build());
            final AllocTag tag = Declarations.one(profiler.space());
            tagger.add(8, 3, tag);
            assertEquals(AllocCounts.ZERO, tag.counts());
            profiler.flush();
            assertEquals(1, logs.containing("CODETAG-204").size());
            assertTrue(
                    logs.containing("CODETAG-204").get(0).contains("could not tell the order of a block"),
                    () -> logs.containing("CODETAG-204").get(0));
            assertFalse(profiler.snapshot().entries().get(0).accurate());
            tagger.sub(8, 3);
            assertEquals(AllocCounts.ZERO, tag.counts());
        }
    }

    @Test
    @DisplayName("sees pages that were added later")
    void grown() {
        final PageTagger tagger = attach();
        final AllocTag tag = Declarations.one(profiler.space());
        tagger.grow(2 * PAGES);
        add(tagger, 2 * PAGES - 2, 1, tag);
        assertEquals(new AllocCounts(2L * Pools.PAGE, 1), tag.counts());
    }
}
