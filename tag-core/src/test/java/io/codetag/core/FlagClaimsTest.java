package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.BitClaim;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Quiescence;
import io.codetag.spi.TagCodes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A claim of bits of the flag word")
class FlagClaimsTest {
    private static final AllocCounts ONE_PAGE = new AllocCounts(Pools.PAGE, 1);
    private static final Quiescence AT_ONCE = () -> {};

    private Profiler profiler = profiler(OverflowPolicy.SPILL);

    @AfterEach
    void close() {
        profiler.close();
    }

    private static Profiler profiler(OverflowPolicy policy) {
        return Profiler.builder().headroom(0).overflow(policy).build();
    }

    private CodeModule load(String name, int tags) {
        return profiler.load(
                name,
                IntStream.range(0, tags)
                        .mapToObj(i -> CodeTag.of("com.acme.Plugin", "Plugin.java", i + 1, "site" + i))
                        .toList());
    }

    @ParameterizedTest(name = "stamped: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("moves the references that no longer fit, loses none, and leaves the others where they are")
    void moves(boolean fused) throws Exception {
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        final List<AllocTag> tags = load("many", 40).tags();
        for (int pfn = 0; pfn < 40; pfn++) {
            if (fused) {
                pool.stamp(pfn, tags.get(pfn));
            } else {
                pool.tagger.add(pfn, 0, tags.get(pfn));
            }
        }
        final Field wanted = ClaimingPool.from(4);
        final BitClaim claim = pool.tagger.claimBits(wanted);
        assertTrue(claim.granted(), claim.reason());
        assertEquals(40 - 13, claim.moved());
        assertFalse(pool.anyIn(wanted));
        assertEquals(List.of(wanted), pool.tagger.claimedBits());
        assertEquals(4, pool.tagger.storage().bits());
        assertEquals(13, pool.tagger.storage().addressableTags());
        assertEquals(tags.get(12).code(), pool.codeIn(12));
        assertEquals(TagCodes.ESCAPED, pool.codeIn(13));
        tags.forEach(tag -> assertEquals(ONE_PAGE, tag.counts()));
        for (int pfn = 0; pfn < 40; pfn++) {
            pool.words[pfn] = wanted.set(pool.words[pfn], pfn);
        }
        for (int pfn = 0; pfn < 40; pfn++) {
            if (pfn % 2 == 0) {
                pool.unstamp(pfn);
            } else {
                pool.tagger.sub(pfn, 0);
            }
            assertEquals(pfn, wanted.get(pool.words[pfn]), "the claimed bits are the allocator's");
            assertEquals(AllocCounts.ZERO, tags.get(pfn).counts());
            pool.stamp(pfn, tags.get(39));
            pool.tagger.swap(pfn, (pfn + 1) % 40, 0);
            pool.tagger.clear(pfn);
            assertEquals(pfn, wanted.get(pool.words[pfn]), "the claimed bits are the allocator's");
        }
    }

    @Test
    @DisplayName("is granted at once where tags have no bits, also without a quiescence")
    void elsewhere() throws Exception {
        final ClaimingPool pool = new ClaimingPool(profiler, null, "pageext");
        final BitClaim claim = pool.tagger.claimBits(ClaimingPool.from(0));
        assertTrue(claim.granted(), claim.reason());
        assertEquals(0, claim.moved());
        assertEquals(0, pool.tagger.storage().unusedBits());
        pool.tagger.returnBits(ClaimingPool.from(0));
        assertEquals(ClaimingPool.SPARE, pool.tagger.storage().unusedBits());
    }

    @Test
    @DisplayName("is refused with the reason to an allocator that cannot quiesce")
    void noQuiescence() throws Exception {
        final ClaimingPool pool = new ClaimingPool(profiler, null);
        final AllocTag tag = load("one", 1).tags().get(0);
        pool.stamp(0, tag);
        final BitClaim claim = pool.tagger.claimBits(ClaimingPool.from(8));
        assertFalse(claim.granted());
        assertTrue(claim.reason().contains("cannot quiesce"), claim.reason());
        assertEquals(List.of(), pool.tagger.claimedBits());
        assertEquals(ClaimingPool.SPARE, pool.tagger.storage().bits());
    }

    @Test
    @DisplayName("is refused where tags would not keep the two bits that their marks need")
    void tooMany() throws Exception {
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        for (int bit = 0; bit < 2; bit++) {
            final BitClaim claim = pool.tagger.claimBits(ClaimingPool.from(bit));
            assertFalse(claim.granted());
            assertTrue(claim.reason().contains("from 10 up"), claim.reason());
        }
        assertTrue(pool.tagger.claimBits(ClaimingPool.from(2)).granted());
    }

    @Test
    @DisplayName("without an overflow store is granted while all tags in use fit, and refused otherwise")
    void noOverflow() throws Exception {
        profiler.close();
        profiler = profiler(OverflowPolicy.DISABLE);
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        final CodeModule few = load("few", 12);
        pool.stamp(0, few.tags().get(11));
        final BitClaim granted = pool.tagger.claimBits(ClaimingPool.from(4));
        assertTrue(granted.granted(), granted.reason());
        pool.tagger.returnBits(ClaimingPool.from(4));
        final BitClaim refused = pool.tagger.claimBits(ClaimingPool.from(3));
        assertFalse(refused.granted());
        assertTrue(refused.reason().contains("id 11"), refused.reason());
        pool.unstamp(0);
        assertEquals(AllocCounts.ZERO, few.tags().get(11).counts());
        pool.stamp(0, few.tags().get(11));
        assertEquals(ONE_PAGE, few.tags().get(11).counts());
    }

    @Test
    @DisplayName("has an overflow store to move references to also where no tag could ever overflow")
    void boundless() throws Exception {
        final long[] words = new long[8];
        final PageFlagsLayout layout =
                PageFlagsLayout.builder().quiescence(AT_ONCE).build();
        final PageTagger tagger = profiler.attach(PageSpec.builder("wide", 8, Pools.PAGE)
                .flags(FlagWords.of(words), layout)
                .build());
        assertEquals(31, tagger.storage().bits());
        assertEquals("pageext", tagger.storage().overflowStore());
        final AllocTag tag = load("many", 40).tags().get(39);
        tagger.add(0, 0, tag);
        assertEquals(1, tagger.claimBits(new Field("most", 4, 60)).moved());
        assertEquals(TagCodes.ESCAPED, words[0]);
        assertEquals(ONE_PAGE, tag.counts());
    }

    @Test
    @DisplayName("that was granted without an overflow store: a tag that does not fit later disables profiling")
    void laterOverflow() throws Exception {
        profiler.close();
        profiler = profiler(OverflowPolicy.DISABLE);
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        final AllocTag first = load("few", 3).tags().get(0);
        pool.stamp(0, first);
        assertTrue(pool.tagger.claimBits(ClaimingPool.from(3)).granted());
        load("many", 40);
        assertTrue(pool.tagger.storage().disabledReason().contains("3 bits"));
        pool.unstamp(0);
        assertEquals(AllocCounts.ZERO, first.counts());
    }

    @Test
    @DisplayName("of bits in use, or of pages without flag words, is an error")
    void errors() throws Exception {
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        assertThrows(IllegalArgumentException.class, () -> pool.tagger.claimBits(new Field("x", 4, 8)));
        pool.tagger.claimBits(ClaimingPool.from(6));
        assertThrows(IllegalArgumentException.class, () -> pool.tagger.claimBits(new Field("x", 14, 1)));
        assertThrows(IllegalArgumentException.class, () -> pool.tagger.returnBits(new Field("x", 14, 1)));
        final var plain = profiler.attach(Pools.plain("plain", 8).build());
        assertThrows(IllegalArgumentException.class, () -> plain.claimBits(new Field("x", 14, 1)));
        pool.words[3] = 1L << 14;
        final IllegalStateException dirty =
                assertThrows(IllegalStateException.class, () -> pool.tagger.returnBits(ClaimingPool.from(6)));
        assertTrue(dirty.getMessage().contains("page 3"), dirty.getMessage());
    }

    @Test
    @DisplayName("given back lets the tag field widen as far as other claims allow, and new references return to it")
    void wayBack() throws Exception {
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        final AllocTag last = load("many", 40).tags().get(39);
        pool.stamp(0, last);
        final Field high = ClaimingPool.from(8);
        final Field middle = new Field("referenced", ClaimingPool.SHIFT + 4, 4);
        assertTrue(pool.tagger.claimBits(high).granted());
        assertTrue(pool.tagger.claimBits(middle).granted());
        assertEquals(TagCodes.ESCAPED, pool.codeIn(0));
        pool.tagger.returnBits(high);
        assertEquals(4, pool.tagger.storage().bits());
        pool.tagger.returnBits(middle);
        assertEquals(ClaimingPool.SPARE, pool.tagger.storage().bits());
        pool.stamp(1, last);
        assertEquals(last.code(), pool.codeIn(1));
        pool.unstamp(0);
        pool.unstamp(1);
        assertEquals(AllocCounts.ZERO, last.counts());
    }

    @Test
    @DisplayName("is logged and told to listeners, and so is the way back")
    void told() throws Exception {
        try (Logs logs = Logs.capture()) {
            final List<StorageChange> changes = new CopyOnWriteArrayList<>();
            profiler.addListener(new ProfilerListener() {
                @Override
                public void storageChanged(StorageChange change) {
                    changes.add(change);
                }
            });
            final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
            pool.stamp(0, load("many", 40).tags().get(39));
            pool.tagger.claimBits(ClaimingPool.from(4));
            pool.tagger.returnBits(ClaimingPool.from(4));
            profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-207]").size());
            assertTrue(logs.containing("[CODETAG-207]").get(0).contains("bits 12 to 19"));
            assertTrue(logs.containing("[CODETAG-207]").get(0).contains("1 references moved"));
            assertEquals(1, logs.containing("[CODETAG-208]").size());
            assertEquals(
                    List.of(StorageChange.Kind.YIELD, StorageChange.Kind.RETURN),
                    changes.stream().map(StorageChange::kind).toList());
        }
    }

    @Test
    @DisplayName("of policy switch: when the module that overflowed has gone, new references return to the flags")
    void tagsGone() throws Exception {
        profiler.close();
        profiler = profiler(OverflowPolicy.SWITCH);
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        final AllocTag first = load("few", 3).tags().get(0);
        pool.tagger.claimBits(ClaimingPool.from(3));
        overflow(pool);
        pool.stamp(1, first);
        assertEquals(TagCodes.ESCAPED, pool.codeIn(1));
        final long deadline = System.nanoTime() + 60_000_000_000L;
        while (pool.tagger.storage().limit() == 0 && System.nanoTime() - deadline < 0) {
            System.gc();
            profiler.housekeep();
        }
        pool.stamp(2, first);
        assertEquals(first.code(), pool.codeIn(2));
        pool.unstamp(1);
        pool.unstamp(2);
        assertEquals(AllocCounts.ZERO, first.counts());
    }

    /** Uses a tag that does not fit and forgets its module. */
    private void overflow(ClaimingPool pool) {
        final CodeModule many = load("many", 40);
        assertEquals(0, pool.tagger.storage().limit());
        pool.stamp(0, many.tags().get(39));
        pool.unstamp(0);
        many.unload();
    }

    @Test
    @DisplayName("given up by an interrupt leaves everything as it was, and no page half moved")
    void interrupted() throws Exception {
        final AtomicInteger calls = new AtomicInteger();
        final ClaimingPool pool = new ClaimingPool(profiler, () -> {
            if (calls.incrementAndGet() == 2) { // in the middle of the move
                throw new InterruptedException();
            }
        });
        final List<AllocTag> tags = load("many", 40).tags();
        for (int pfn = 0; pfn < 40; pfn++) {
            pool.stamp(pfn, tags.get(pfn));
        }
        assertThrows(InterruptedException.class, () -> pool.tagger.claimBits(ClaimingPool.from(4)));
        assertEquals(ClaimingPool.SPARE, pool.tagger.storage().bits());
        assertEquals(List.of(), pool.tagger.claimedBits());
        pool.stamp(50, tags.get(39));
        assertEquals(tags.get(39).code(), pool.codeIn(50));
        pool.unstamp(50);
        for (int pfn = 0; pfn < 40; pfn++) {
            pool.unstamp(pfn);
            assertEquals(AllocCounts.ZERO, tags.get(pfn).counts());
        }
    }

    @Test
    @DisplayName("whose quiescence fails throws what it threw, loses no reference, and later claims are refused")
    void broken() throws Exception {
        final AtomicInteger calls = new AtomicInteger();
        final ClaimingPool pool = new ClaimingPool(profiler, () -> {
            if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("broken allocator");
            }
        });
        final List<AllocTag> tags = load("many", 40).tags();
        for (int pfn = 0; pfn < 40; pfn++) {
            pool.stamp(pfn, tags.get(pfn));
        }
        assertThrows(IllegalStateException.class, () -> pool.tagger.claimBits(ClaimingPool.from(4)));
        tags.forEach(tag -> assertEquals(ONE_PAGE, tag.counts()));
        final BitClaim again = pool.tagger.claimBits(ClaimingPool.from(4));
        assertFalse(again.granted());
        assertTrue(again.reason().contains("earlier claim"), again.reason());
        for (int pfn = 0; pfn < 40; pfn++) {
            if (pfn % 2 == 0) {
                pool.unstamp(pfn);
            } else {
                pool.tagger.sub(pfn, 0);
            }
            assertEquals(AllocCounts.ZERO, tags.get(pfn).counts());
        }
    }

    @Test
    @DisplayName("of pages that are detached meanwhile is granted, and nothing is touched any more")
    void closedMeanwhile() throws Exception {
        final AtomicReference<ClaimingPool> made = new AtomicReference<>();
        final AtomicInteger calls = new AtomicInteger();
        final ClaimingPool pool = new ClaimingPool(profiler, () -> {
            if (calls.incrementAndGet() == 2) {
                made.get().tagger.close();
                made.get().words[5] = -1; // the allocator's own from now on
            }
        });
        made.set(pool);
        final List<AllocTag> tags = load("many", 40).tags();
        for (int pfn = 0; pfn < 40; pfn++) {
            pool.stamp(pfn, tags.get(pfn));
        }
        assertTrue(pool.tagger.claimBits(ClaimingPool.from(4)).granted());
        assertEquals(-1, pool.words[5]);
        tags.forEach(tag -> assertEquals(AllocCounts.ZERO, tag.counts()));
    }

    @Test
    @DisplayName("moves references while profiling is off, and splits copy them as escaped ones")
    void whileOff() throws Exception {
        final ClaimingPool pool = new ClaimingPool(profiler, AT_ONCE);
        final AllocTag tag = load("many", 40).tags().get(39);
        pool.words[0] = pool.tagger.stamp(0, 1, pool.words[0], tag);
        profiler.record(false);
        assertTrue(pool.tagger.claimBits(ClaimingPool.from(4)).granted());
        assertEquals(TagCodes.ESCAPED, pool.codeIn(0));
        pool.words[1] = pool.tagger.copyStamp(0, pool.words[0], 1, 0, pool.words[1]);
        pool.tagger.restamp(0, 1, 0, pool.words[0]);
        assertEquals(new AllocCounts(2L * Pools.PAGE, 2), tag.counts());
        assertEquals(TagCodes.ESCAPED, pool.codeIn(1));
        pool.unstamp(0);
        pool.unstamp(1);
        assertEquals(AllocCounts.ZERO, tag.counts());
    }

    @Test
    @DisplayName("that comes between reading a word and splitting it is not undone by the copy")
    void splitMeanwhile() throws Exception {
        final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        final ClaimingPool pool =
                new ClaimingPool(profiler, () -> meanwhile.getAndSet(() -> {}).run());
        final AllocTag tag = load("many", 40).tags().get(39);
        pool.words[0] = pool.tagger.stamp(0, 1, pool.words[0], tag);
        final long before = pool.words[0];
        meanwhile.set(
                () -> { // a split that began before: it still has the code in its word
                    pool.words[1] = pool.tagger.copyStamp(0, before, 1, 0, pool.words[1]);
                    pool.tagger.restamp(0, 1, 0, before);
                    pool.words[0] = before;
                });
        final Field wanted = ClaimingPool.from(4);
        assertTrue(pool.tagger.claimBits(wanted).granted());
        assertFalse(pool.anyIn(wanted));
        assertEquals(new AllocCounts(2L * Pools.PAGE, 2), tag.counts());
        assertNotEquals(0, pool.codeIn(1));
        pool.unstamp(0);
        pool.unstamp(1);
        assertEquals(AllocCounts.ZERO, tag.counts());
    }
}
