package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.PageTagger;
import io.codetag.spi.TagStripe;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What an allocator must not do")
class PageMisuseTest {
    /** How many calls {@link #everything} makes. */
    private static final long OPERATIONS = 12;

    private static final long[] BAD_PAGES = {
        -1, Long.MIN_VALUE, Long.MAX_VALUE, StoreKind.PAGES, StoreKind.PAGES + 1, 1L << 32, 1L << 62
    };
    private static final int[] BAD_ORDERS = {
        -1, StoreKind.MAX_ORDER + 1, 31, 32, 63, 64, Integer.MIN_VALUE, Integer.MAX_VALUE
    };

    private static AllocCounts blocks(int count, int order) {
        return new AllocCounts(((long) Pools.PAGE << order) * count, count);
    }

    private static void everything(StoreKind.Pages pages, long pfn, int order) {
        final PageTagger tagger = pages.tagger;
        tagger.add(pfn, order, pages.red);
        tagger.add(pfn, order);
        tagger.sub(pfn, order);
        tagger.split(pfn, order, 0);
        tagger.trim(pfn, order, 0);
        tagger.swap(pfn, 0, order);
        tagger.swap(0, pfn, order);
        tagger.clear(pfn, order);
        assertEquals(0x5A, tagger.stamp(pfn, order, 0x5A, pages.red));
        assertEquals(~0L, tagger.unstamp(pfn, order, ~0L));
        assertEquals(0x5A, tagger.copyStamp(0, ~0L, pfn, order, 0x5A));
        tagger.restamp(pfn, order, 0, ~0L);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("pages and orders out of range are ignored by every operation, and counted as such")
    void outOfRange(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 0, pages.blue);
            for (long pfn : BAD_PAGES) {
                everything(pages, pfn, 0);
                pages.tagger.clear(pfn);
                assertEquals(0x5A, pages.tagger.copyStamp(pfn, ~0L, 1, 0, 0x5A));
            }
            for (int order : BAD_ORDERS) {
                everything(pages, 0, order);
                pages.tagger.split(0, 0, order);
                pages.tagger.trim(0, 0, order);
            }
            everything(pages, StoreKind.PAGES - 1, 1);
            final long bad = BAD_PAGES.length * (OPERATIONS + 2) + BAD_ORDERS.length * (OPERATIONS + 2) + OPERATIONS;
            assertEquals(bad, pages.profiler.outOfRangeCalls());
            assertEquals(blocks(1, 0), pages.blue.counts());
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            assertEquals(AllocCounts.ZERO, pages.profiler.space().untagged().counts());
            assertTrue(pages.ownBitsSurvived());
            pages.sub(0, 0);
            assertEquals(AllocCounts.ZERO, pages.blue.counts());
            pages.add(0, StoreKind.MAX_ORDER, pages.red);
            pages.add(32, StoreKind.MAX_ORDER, pages.red);
            assertEquals(blocks(2, StoreKind.MAX_ORDER), pages.red.counts(), "the largest that fit");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("split and trim to a larger order are ignored")
    void largerOrder(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 2, pages.red);
            pages.split(0, 2, 3);
            pages.tagger.split(0, 2, 63);
            pages.trim(0, 2, 3);
            pages.tagger.restamp(0, 2, 3, 0x5A);
            assertEquals(blocks(1, 2), pages.red.counts());
            pages.sub(0, 2);
            assertEquals(AllocCounts.ZERO, pages.red.counts());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a double free and the free of a page never allocated are harmless")
    void doubleFree(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 1, pages.red);
            pages.add(2, 1, pages.blue);
            pages.sub(0, 1);
            pages.sub(0, 1);
            pages.sub(40, 0);
            pages.tagger.sub(0, 1);
            pages.split(40, 3, 0);
            pages.trim(40, 3, 0);
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            assertEquals(blocks(1, 1), pages.blue.counts());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an allocation onto a live reference credits that one first; a copy onto one does too")
    void addOntoLive(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 1, pages.red);
            pages.add(0, 1, pages.blue);
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            assertEquals(blocks(1, 1), pages.blue.counts());
            pages.add(0, 1, pages.blue);
            assertEquals(blocks(1, 1), pages.blue.counts());
            pages.add(8, 0, pages.red);
            pages.add(8, 0, pages.profiler.space().untagged());
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            pages.add(17, 0, pages.red);
            pages.add(16, 1, pages.blue);
            pages.split(16, 1, 0);
            assertEquals(AllocCounts.ZERO, pages.red.counts(), "overwritten by the second piece");
            assertEquals(new AllocCounts(4L * Pools.PAGE, 3), pages.blue.counts());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an allocator that is closed credits all, and is ignored from then on, also when it is closed again")
    void closed(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false);
                Logs logs = Logs.capture()) {
            pages.add(0, 2, pages.red);
            pages.add(8, 0, pages.blue);
            pages.tagger.close();
            pages.tagger.close();
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            assertTrue(pages.isClean(), "the allocator's words are its own again");
            assertEquals(List.of(), pages.profiler.totals().pages());
            assertEquals(List.of(), pages.profiler.storage());
            pages.add(0, 0, pages.red);
            pages.tagger.add(1, 0);
            pages.split(0, 2, 0);
            pages.trim(0, 1, 0);
            pages.tagger.swap(0, 1, 0);
            pages.tagger.clear(3);
            pages.tagger.allocationFailed(0);
            pages.sub(0, 2);
            pages.sub(8, 0);
            final TagStripe stripe = pages.tagger.lease();
            pages.tagger.release(stripe);
            pages.tagger.grow(2 * StoreKind.PAGES);
            pages.tagger.totals();
            pages.tagger.storage();
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            assertEquals(AllocCounts.ZERO, pages.blue.counts());
            assertTrue(pages.isClean());
            pages.profiler.flush();
            assertEquals(1, logs.containing("[CODETAG-302]").size());
            assertTrue(logs.containing("[CODETAG-302]").get(0).contains("20480 bytes in 2 blocks"));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("growing adds pages; growing to fewer, or beyond the flag words, is refused and changes nothing")
    void grow(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(StoreKind.PAGES, 0, pages.red);
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            assertThrows(IllegalArgumentException.class, () -> pages.tagger.grow(StoreKind.PAGES - 1));
            if (kind.name().startsWith("FLAGS")) {
                assertThrows(IllegalArgumentException.class, () -> pages.tagger.grow(2 * StoreKind.PAGES + 1));
            }
            pages.add(StoreKind.PAGES, 0, pages.red);
            assertEquals(AllocCounts.ZERO, pages.red.counts());
            pages.tagger.grow(StoreKind.PAGES);
            pages.tagger.grow(2 * StoreKind.PAGES);
            pages.add(StoreKind.PAGES, 0, pages.red);
            pages.add(2 * StoreKind.PAGES - 2, 1, pages.red);
            assertEquals(new AllocCounts(3L * Pools.PAGE, 2), pages.red.counts());
            assertEquals(null, pages.tagger.storage().disabledReason());
            pages.tagger.close();
            assertTrue(pages.isClean());
        }
    }

    @Test
    @DisplayName("a stripe of another tagger, or one given back twice, does no harm when it is released")
    void wrongStripe() {
        try (StoreKind.Pages wide = StoreKind.FLAGS_FUSED.open(false)) {
            final PageTagger narrow = wide.profiler.attach(io.codetag.PageSpec.builder("narrow", 64, Pools.PAGE)
                    .maxOrder(0)
                    .build());
            final TagStripe foreign = narrow.lease();
            wide.tagger.release(foreign);
            final TagStripe own = wide.tagger.lease();
            assertFalse(own == foreign, "a stripe of another allocator's counters is handed out");
            wide.tagger.stamp(own, 0, 3, 0, wide.red);
            wide.tagger.release(own);
            wide.tagger.release(own);
            final TagStripe one = wide.tagger.lease();
            final TagStripe other = wide.tagger.lease();
            assertFalse(one == other, "one exclusive stripe is handed out twice");
            assertEquals(blocks(1, 3), wide.red.counts());
        }
    }
}
