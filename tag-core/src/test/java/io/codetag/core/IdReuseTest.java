package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.PageTagger;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An id")
class IdReuseTest {
    private Profiler profiler;
    private PageTagger tagger;

    @BeforeEach
    void open() {
        profiler = Profiler.builder().build();
        tagger = profiler.attach(Pools.plain("pool", 1 << 12).build());
    }

    @AfterEach
    void close() {
        profiler.close();
    }

    static List<CodeTag> places(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(line -> CodeTag.of("com.acme.Plugin", "Plugin.java", line, "site"))
                .toList();
    }

    private List<Integer> codes(CodeModule module) {
        return module.tags().stream().map(AllocTag::code).toList();
    }

    /** Loads and forgets; each tag gets one page. Returns the codes. */
    private List<Integer> loadUseAndDrop(int tags, long firstPfn) {
        final CodeModule module = profiler.load("dropped", places(tags));
        for (int i = 0; i < tags; i++) {
            tagger.add(firstPfn + i, 0, module.tags().get(i));
        }
        final List<Integer> codes = codes(module);
        module.unload();
        return codes;
    }

    private void collectUntilFree(int code) {
        PluginJar.collectUntil(() -> {
            profiler.housekeep();
            return profiler.registry().record(code) == null;
        });
    }

    @Test
    @DisplayName("that is free is handed out again, the lowest first")
    void lowestFirst() {
        final CodeModule kept = profiler.load("kept", places(2));
        final List<Integer> dropped = loadUseAndDrop(3, 0);
        final CodeModule last = profiler.load("last", places(1));
        assertEquals(List.of(3, 4), codes(kept));
        assertEquals(List.of(5, 6, 7), dropped);
        assertEquals(List.of(8), codes(last));
        IntStream.range(0, 3).forEach(pfn -> tagger.sub(pfn, 0));
        dropped.forEach(this::collectUntilFree);
        assertEquals(5, Declarations.one(profiler.space()).resolve().code());
        assertEquals(List.of(6, 7, 9), codes(profiler.load("refill", places(3))));
        assertEquals(6, profiler.registry().record(6).code());
    }

    @Test
    @DisplayName("that now is of another file is found by that one's name, and no longer by the former's")
    void otherFile() {
        final int code = loadUseAndDrop(1, 0).get(0);
        assertEquals(1, ofFile("Plugin.java"));
        assertEquals(0, ofFile("Other.java"));
        tagger.sub(0, 0);
        collectUntilFree(code);
        assertEquals(0, ofFile("Plugin.java"));
        final CodeModule next = profiler.load("next", List.of(CodeTag.of("com.acme.Other", "Other.java", 1, "site")));
        assertEquals(List.of(code), codes(next));
        assertEquals(0, ofFile("Plugin.java"));
        assertEquals(1, ofFile("Other.java"));
    }

    private int ofFile(String file) {
        return profiler.snapshot(AllocFilter.builder().file(file).build())
                .entries()
                .size();
    }

    @Test
    @DisplayName("does not return while its handle is held, even if nothing is live")
    void handleHeld() {
        final CodeModule module = profiler.load("held", places(1));
        final AllocTag tag = module.tags().get(0);
        module.unload();
        final WeakReference<Object> probe = new WeakReference<>(new Object());
        PluginJar.collectUntil(() -> probe.refersTo(null));
        profiler.housekeep();
        assertNotNull(profiler.registry().record(tag.code()));
        tagger.add(0, 0, tag);
        assertEquals(new AllocCounts(Pools.PAGE, 1), tag.counts());
    }

    @Test
    @DisplayName("does not return while a page or a charge of it is live, though its handle was collected")
    void stillLive() {
        final int code = loadUseAndDrop(1, 0).get(0);
        final int charge = charge();
        assertEquals(code + 1, charge);
        final WeakReference<AllocTag> page = handle(code);
        final WeakReference<AllocTag> charged = handle(charge);
        PluginJar.collectUntil(() -> page.refersTo(null) && charged.refersTo(null));
        for (int i = 0; i < 5; i++) {
            System.gc();
            profiler.housekeep();
        }
        assertNotNull(profiler.registry().record(code));
        assertNotNull(profiler.registry().record(charge));
        tagger.sub(0, 0);
        collectUntilFree(code);
        assertNotNull(profiler.registry().record(charge));
        profiler.discharge(charge, 100);
        collectUntilFree(charge);
    }

    private int charge() {
        return profiler.load("charged", places(1)).tags().get(0).charge(100);
    }

    private WeakReference<AllocTag> handle(int code) {
        return new WeakReference<>(profiler.registry().record(code).get());
    }

    @Test
    @DisplayName("that is used again counts from zero, and the content id tells that the tags changed")
    void contentId() {
        long before = profiler.contentId();
        before = changed(before);
        Declarations.one(profiler.space()).resolve();
        before = changed(before);
        final CodeModule module = profiler.load("plugin", places(2));
        before = changed(before);
        module.unload();
        before = changed(before);
        module.unload();
        Declarations.one(profiler.space()).resolve();
        profiler.snapshot();
        assertEquals(before, profiler.contentId(), "nothing came or went");
        final int code = loadUseAndDrop(1, 9).get(0);
        before = profiler.contentId();
        tagger.sub(9, 0);
        assertEquals(before, profiler.contentId());
        collectUntilFree(code);
        assertNotEquals(before, profiler.contentId());
        final AllocTag next = Declarations.other(profiler.space()).resolve();
        assertEquals(code, next.code());
        assertEquals(AllocCounts.ZERO, next.counts());
    }

    private long changed(long before) {
        final long now = profiler.contentId();
        assertTrue(before == 0 || now != before);
        return now;
    }

    @Test
    @DisplayName("and what a module takes are given back however often modules are loaded and unloaded")
    void manyModules() {
        final int rounds = 1_000;
        final List<Integer> numbers = new ArrayList<>();
        int largest = 0;
        for (int round = 0; round < rounds; round++) {
            final List<Integer> codes = loadUseAndDrop(10, 100);
            largest = Math.max(largest, codes.get(9));
            numbers.add(round + 1);
            for (int i = 0; i < 10; i++) {
                tagger.sub(100 + i, 0);
            }
            if (round % 100 == 99) {
                final int last = codes.get(9);
                collectUntilFree(last);
            }
        }
        assertTrue(largest < 3 + 10 * 200, "ids went up to " + largest);
        collectUntilFree(3);
        PluginJar.collectUntil(() -> {
            profiler.housekeep();
            return profiler.registry().inUse() == 0;
        });
        assertEquals(List.of(), profiler.snapshot().entries());
        for (int number : numbers) {
            assertNull(profiler.registry().module(number), "module " + number + " is remembered");
        }
    }

    @Test
    @DisplayName("of a module whose handle was dropped without unloading returns too, and the module is forgotten")
    void droppedWithoutUnload() {
        final int code = codes(profiler.load("dropped", places(1))).get(0);
        collectUntilFree(code);
        assertNull(profiler.registry().module(1));
    }

    @Test
    @DisplayName("of a module without tags: the module is forgotten when it is unloaded")
    void withoutTags() {
        final CodeModule module = profiler.load("nothing", List.of());
        assertTrue(module.isLoaded());
        profiler.housekeep();
        assertTrue(module.isLoaded());
        assertTrue(module.unload());
        assertFalse(module.unload());
        profiler.housekeep();
        assertNull(profiler.registry().module(1));
        assertFalse(module.isLoaded());
    }
}
