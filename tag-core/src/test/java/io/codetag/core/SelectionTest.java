package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageTagger;
import io.codetag.StorageFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Selection of a store")
class SelectionTest {
    @Test
    @DisplayName("takes page flags when the spare bits suffice, and says so in exactly one INFO line")
    void pageFlags() {
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().build()) {
            final StorageFacts facts =
                    profiler.attach(Pools.flags("roomy", 64, 20).build()).storage();
            assertEquals("pageflags", facts.store());
            assertEquals(20, facts.bits());
            assertEquals(20, facts.unusedBits());
            assertEquals((1 << 20) - 3, facts.addressableTags());
            assertNull(facts.disabledReason());
            assertEquals("pageext", facts.overflowStore());
            profiler.flush();
            assertEquals(1, logs.containing("allocator 'roomy'").size());
            assertTrue(logs.containing("allocator 'roomy'").get(0).startsWith("INFO [CODETAG-101]"));
        }
    }

    @Test
    @DisplayName("falls back to the page extension when the budget is too small, with one warning")
    void budget() {
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().maxBits(8).build()) {
            final StorageFacts facts =
                    profiler.attach(Pools.flags("tight", 64, 20).build()).storage();
            assertEquals("pageext", facts.store());
            assertEquals(0, facts.bits());
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-102]").size());
            assertEquals(1, logs.containing("[CODETAG-101]").size());
        }
    }

    @Test
    @DisplayName("takes the page extension when there is no flag word, without a warning")
    void noWord() {
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().build()) {
            assertEquals(
                    "pageext",
                    profiler.attach(Pools.plain("plain", 64).build()).storage().store());
            profiler.flush();
            assertEquals(0, logs.containing("WARN").size());
        }
    }

    @Test
    @DisplayName("with storage pageflags does not profile pages that do not fit, with one warning")
    void pageFlagsOnly() {
        try (Logs logs = Logs.capture();
                Profiler profiler = Profiler.builder().storage("pageflags").build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("narrow", 64, 5).build());
            final StorageFacts facts = tagger.storage();
            assertEquals("none", facts.store());
            assertNotNull(facts.disabledReason());
            assertEquals(0, facts.bytesOccupied());
            final AllocTag tag = profiler.here();
            tagger.add(0, 0, tag);
            assertEquals(AllocCounts.ZERO, tag.counts());
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-103]").size());
        }
    }

    @Test
    @DisplayName("with storage pageflags implies overflow disable unless another policy is set")
    void pageFlagsPolicy() {
        try (Profiler profiler =
                Profiler.builder().storage("pageflags").headroom(0).build()) {
            final StorageFacts implied =
                    profiler.attach(Pools.flags("implied", 64, 12).build()).storage();
            assertEquals(OverflowPolicy.DISABLE, implied.policy());
            assertNull(implied.overflowStore());
            final StorageFacts set = profiler.attach(Pools.flags("set", 64, 12)
                            .overflow(OverflowPolicy.SPILL)
                            .build())
                    .storage();
            assertEquals(OverflowPolicy.SPILL, set.policy());
            assertEquals("pageext", set.overflowStore());
        }
    }

    @Test
    @DisplayName("with storage pageext never touches the flag words")
    void pageExt() {
        final long[] words = new long[64];
        try (Profiler profiler = Profiler.builder().storage("pageext").build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("ext", words, 20).build());
            final AllocTag tag = profiler.here();
            tagger.add(3, 0, tag);
            assertEquals(new AllocCounts(Pools.PAGE, 1), tag.counts());
            assertTrue(Pools.allZero(words));
        }
    }

    @Test
    @DisplayName("fails for a backend that is not there, saying what was asked, what there is and what to do")
    void unknown() {
        try (Profiler profiler = Profiler.builder().storage("pageflgs").build()) {
            final var failure = assertThrows(
                    IllegalArgumentException.class,
                    () -> profiler.attach(Pools.plain("asks", 64).build()));
            assertTrue(failure.getMessage().contains("'pageflgs'"), failure.getMessage());
            assertTrue(failure.getMessage().contains("pageflags, pageext"), failure.getMessage());
            assertTrue(failure.getMessage().contains("use auto"), failure.getMessage());
        }
    }

    @Test
    @DisplayName("never takes a backend with a priority below 0 unless it is named")
    void onlyByName() {
        final StoreCatalog catalog = StoreCatalog.of(List.of(new HookedStores()));
        assertTrue(catalog.automatic().isEmpty());
        assertNotNull(catalog.named(HookedStores.NAME));
        final Settings settings = Settings.read(Map.of(), name -> null, name -> null);
        final StoreChoice choice =
                new StoreSelector(catalog, Pools.plain("pool", 64).build(), settings, 100).choose();
        assertNull(choice.main());
    }

    @Test
    @DisplayName("allocates nothing for a store that is not used")
    void unusedStore() {
        try (Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger =
                    profiler.attach(Pools.flags("unused", 4096, 20).build());
            tagger.add(5, 0, profiler.here());
            assertTrue(tagger.storage().bytesOccupied() <= 64, "the overflow store is an empty object");
        }
    }

    @Test
    @DisplayName("is made for each allocator on its own")
    void several() {
        try (Profiler profiler = Profiler.builder().build()) {
            final AllocTag tag = profiler.here();
            final PageTagger one = profiler.attach(Pools.flags("one", 64, 20).build());
            final PageTagger other = profiler.attach(
                    io.codetag.PageSpec.builder("other", 64, 8192).maxOrder(3).build());
            one.add(0, 1, tag);
            other.add(0, 3, tag);
            assertEquals(new AllocCounts(2L * Pools.PAGE + 8L * 8192, 2), tag.counts());
            assertEquals("pageflags", one.storage().store());
            assertEquals("pageext", other.storage().store());
            other.close();
            assertEquals(new AllocCounts(2L * Pools.PAGE, 1), tag.counts());
            one.sub(0, 1);
            assertEquals(AllocCounts.ZERO, tag.counts());
        }
    }
}
