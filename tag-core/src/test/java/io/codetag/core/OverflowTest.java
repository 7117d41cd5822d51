package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Overflow of a store")
class OverflowTest {
    private static final AllocCounts ONE_PAGE = new AllocCounts(Pools.PAGE, 1);

    private static List<CodeTag> places(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> CodeTag.of("com.acme.Plugin", "Plugin.java", i + 1, "site" + i))
                .toList();
    }

    private static Profiler profiler(OverflowPolicy policy) {
        return Profiler.builder().headroom(0).overflow(policy).build();
    }

    @Test
    @DisplayName("with policy switch sends every new reference to the overflow store and loses none")
    void switches() {
        final long[] words = new long[256];
        try (Logs logs = Logs.capture();
                Profiler profiler = profiler(OverflowPolicy.SWITCH)) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 4).build());
            final CodeModule first = profiler.load("first", places(10));
            tagger.add(0, 0, first.tags().get(0));
            final CodeModule second = profiler.load("second", places(10));
            assertEquals(0, tagger.storage().limit());
            tagger.add(1, 0, first.tags().get(0));
            tagger.add(2, 0, second.tags().get(9));
            assertTrue(tagger.storage().escaped());
            assertEquals(
                    new AllocCounts(2L * Pools.PAGE, 2), first.tags().get(0).counts());
            assertEquals(ONE_PAGE, second.tags().get(9).counts());
            assertTrue(tagger.storage().bytesOccupied() > 0);
            for (int pfn = 0; pfn < 3; pfn++) {
                tagger.sub(pfn, 0);
            }
            assertEquals(AllocCounts.ZERO, first.tags().get(0).counts());
            assertEquals(AllocCounts.ZERO, second.tags().get(9).counts());
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-201]").size());
            assertTrue(logs.containing("[CODETAG-201]").get(0).contains("[second]"));
        }
    }

    @Test
    @DisplayName("with policy spill sends only references that do not fit to the overflow store")
    void spills() {
        final long[] words = new long[256];
        try (Profiler profiler = profiler(OverflowPolicy.SPILL)) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 4).build());
            final CodeModule module = profiler.load("many", places(40));
            tagger.add(0, 0, module.tags().get(0));
            assertFalse(tagger.storage().escaped());
            tagger.add(1, 0, module.tags().get(39));
            assertTrue(tagger.storage().escaped());
            assertEquals(3L << 8, words[0]);
            assertEquals(2L << 8, words[1]);
            assertEquals(ONE_PAGE, module.tags().get(39).counts());
            tagger.swap(1, 0, 0);
            tagger.sub(0, 0);
            assertEquals(AllocCounts.ZERO, module.tags().get(39).counts());
            assertEquals(ONE_PAGE, module.tags().get(0).counts());
            tagger.sub(1, 0);
            assertEquals(AllocCounts.ZERO, module.tags().get(0).counts());
        }
    }

    @Test
    @DisplayName("with policy disable records nothing new, says why once, and still credits frees")
    void disables() {
        final long[] words = new long[256];
        try (Logs logs = Logs.capture();
                Profiler profiler = profiler(OverflowPolicy.DISABLE)) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 4).build());
            final CodeModule few = profiler.load("few", places(3));
            tagger.add(0, 1, few.tags().get(0));
            final CodeModule many = profiler.load("many", places(40));
            assertNotNull(tagger.storage().disabledReason());
            tagger.add(4, 0, few.tags().get(0));
            tagger.add(5, 0, many.tags().get(39));
            assertEquals(new AllocCounts(2L * Pools.PAGE, 1), few.tags().get(0).counts());
            assertEquals(AllocCounts.ZERO, many.tags().get(39).counts());
            tagger.split(0, 1, 0);
            assertEquals(new AllocCounts(2L * Pools.PAGE, 2), few.tags().get(0).counts());
            tagger.sub(0, 0);
            tagger.sub(1, 0);
            assertEquals(AllocCounts.ZERO, few.tags().get(0).counts());
            profiler.flush();
            final List<String> warnings = logs.containing("[CODETAG-203]");
            assertEquals(1, warnings.size());
            assertTrue(warnings.get(0).contains("[many]"), warnings.get(0));
            assertTrue(warnings.get(0).contains("4 bits"), warnings.get(0));
        }
    }

    @Test
    @DisplayName("on first use under an allocator's lock records that allocation too, and the daemon decides")
    void firstUse() {
        final long[] words = new long[256];
        try (Profiler profiler = profiler(OverflowPolicy.SWITCH)) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 2).build());
            final AllocTag one = profiler.here();
            final AllocTag two = profiler.here();
            tagger.add(0, 0, one);
            tagger.add(1, 0, two);
            assertEquals(ONE_PAGE, one.counts());
            assertEquals(ONE_PAGE, two.counts());
            profiler.flush();
            assertEquals(0, tagger.storage().limit());
            tagger.add(2, 0, one);
            assertEquals(2L << 8, words[2]);
        }
    }

    @Test
    @DisplayName("is judged for each allocator on its own")
    void perAllocator() {
        try (Profiler profiler = profiler(OverflowPolicy.DISABLE)) {
            final PageTagger narrow =
                    profiler.attach(Pools.flags("narrow", 64, 3).build());
            final PageTagger wide = profiler.attach(Pools.flags("wide", 64, 16).build());
            final CodeModule many = profiler.load("many", places(40));
            assertNotNull(narrow.storage().disabledReason());
            assertNull(wide.storage().disabledReason());
            wide.add(0, 0, many.tags().get(39));
            assertEquals(ONE_PAGE, many.tags().get(39).counts());
        }
    }

    @Test
    @DisplayName("in the fused form keeps an escaped reference beside the word until the free")
    void fused() {
        final long[] words = new long[256];
        try (Profiler profiler = profiler(OverflowPolicy.SPILL)) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("pool", words, 4).build());
            final CodeModule module = profiler.load("many", places(40));
            final AllocTag large = module.tags().get(39);
            long head = tagger.stamp(8, 1, 0x55L, large);
            assertEquals(0x55L | 2L << 8, head);
            final long tail = tagger.copyStamp(8, head, 9, 0, 0x66L);
            assertEquals(0x66L | 2L << 8, tail);
            tagger.restamp(8, 1, 0, head);
            assertEquals(new AllocCounts(2L * Pools.PAGE, 2), large.counts());
            head = tagger.unstamp(8, 0, head);
            assertEquals(0x55L, head);
            assertEquals(0x66L, tagger.unstamp(9, 0, tail));
            assertEquals(AllocCounts.ZERO, large.counts());
        }
    }
}
