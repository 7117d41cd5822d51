package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageTotals;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Page operations")
class PageOperationsTest {
    private static AllocCounts blocks(int count, int order) {
        return new AllocCounts(((long) Pools.PAGE << order) * count, count);
    }

    private static void assertCounts(AllocCounts expected, AllocTag tag) {
        assertEquals(expected, tag.counts());
    }

    /** Everything is credited, nothing is left in a word, and the sums agree with the tags. */
    private static void assertAllGone(StoreKind.Pages pages) {
        assertCounts(AllocCounts.ZERO, pages.red);
        assertCounts(AllocCounts.ZERO, pages.blue);
        final PageTotals totals = pages.tagger.totals();
        assertEquals(AllocCounts.ZERO, new AllocCounts(totals.bytes(), totals.calls()));
        assertTrue(pages.ownBitsSurvived());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("add counts bytes and a call; sub credits the recorded tag")
    void addAndSub(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 3, pages.red);
            pages.add(8, 0, pages.red);
            pages.add(63, 0, pages.blue);
            pages.add(32, 4, pages.blue);
            assertEquals(kind.name().contains("ESCAPED"), pages.tagger.storage().escaped());
            assertCounts(new AllocCounts(9L * Pools.PAGE, 2), pages.red);
            assertCounts(new AllocCounts(17L * Pools.PAGE, 2), pages.blue);
            pages.sub(0, 3);
            assertCounts(blocks(1, 0), pages.red);
            pages.sub(63, 0);
            assertCounts(blocks(1, 4), pages.blue);
            pages.sub(8, 0);
            pages.sub(32, 4);
            assertAllGone(pages);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("split adds a call for each further piece and no byte, and each piece is freed on its own")
    void split(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(16, 4, pages.red);
            pages.add(32, 0, pages.blue);
            pages.split(16, 4, 2);
            assertCounts(blocks(4, 2), pages.red);
            pages.split(20, 2, 0);
            assertCounts(new AllocCounts(16L * Pools.PAGE, 7), pages.red);
            pages.split(24, 2, 2);
            assertCounts(new AllocCounts(16L * Pools.PAGE, 7), pages.red);
            for (int pfn = 20; pfn < 24; pfn++) {
                pages.sub(pfn, 0);
            }
            assertCounts(blocks(3, 2), pages.red);
            pages.sub(16, 2);
            pages.sub(24, 2);
            pages.sub(28, 2);
            assertCounts(blocks(1, 0), pages.blue);
            pages.sub(32, 0);
            assertAllGone(pages);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("trim takes off bytes and no call, and the head keeps its reference")
    void trim(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 5, pages.red);
            pages.trim(0, 5, 3);
            assertCounts(blocks(1, 3), pages.red);
            pages.add(8, 3, pages.blue);
            pages.trim(0, 3, 3);
            pages.trim(0, 3, 0);
            assertCounts(blocks(1, 0), pages.red);
            pages.sub(0, 0);
            pages.sub(8, 3);
            assertAllGone(pages);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("swap exchanges two references and counts nothing")
    void swapBoth(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 1, pages.red);
            pages.add(2, 1, pages.blue);
            pages.tagger.swap(2, 0, 1);
            assertCounts(blocks(1, 1), pages.red);
            assertCounts(blocks(1, 1), pages.blue);
            pages.sub(0, 1);
            assertCounts(AllocCounts.ZERO, pages.blue);
            pages.sub(2, 1);
            assertAllGone(pages);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("swap moves the only reference, from either side, and leaves none behind")
    void swapOne(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(0, 0, pages.red);
            pages.tagger.swap(5, 0, 0);
            pages.sub(0, 0);
            assertCounts(blocks(1, 0), pages.red);
            pages.tagger.swap(5, 9, 0);
            pages.sub(5, 0);
            assertCounts(blocks(1, 0), pages.red);
            pages.sub(9, 0);
            assertAllGone(pages);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("swap moves empty like any other reference; of two without one it does nothing")
    void swapEmpty(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(true);
                Logs logs = Logs.capture()) {
            pages.add(0, 0, pages.red);
            pages.tagger.clear(1);
            pages.tagger.swap(1, 0, 0);
            pages.sub(0, 0);
            assertCounts(blocks(1, 0), pages.red);
            pages.sub(1, 0);
            pages.tagger.swap(2, 3, 0);
            assertAllGone(pages);
            pages.profiler.flush();
            assertEquals(0, logs.containing("CODETAG-4").size(), "both frees were of what is known");
            pages.sub(0, 0);
            pages.profiler.flush();
            assertEquals(1, logs.containing("CODETAG-401").size(), "empty became none");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("swap of a page with itself does nothing")
    void swapSelf(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(false)) {
            pages.add(4, 2, pages.red);
            pages.tagger.swap(4, 4, 2);
            assertCounts(blocks(1, 2), pages.red);
            pages.sub(4, 2);
            assertAllGone(pages);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("clear credits what there was, and the free that follows is silent and leaves none")
    void clear(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(true);
                Logs logs = Logs.capture()) {
            pages.add(0, 0, pages.red);
            pages.add(8, 3, pages.blue);
            pages.tagger.clear(0);
            pages.tagger.clear(8, 3);
            pages.tagger.clear(1);
            assertAllGone(pages);
            pages.sub(0, 0);
            pages.sub(8, 3);
            pages.sub(1, 0);
            assertAllGone(pages);
            pages.profiler.flush();
            assertEquals(0, logs.containing("CODETAG-4").size());
            pages.add(0, 0, pages.blue);
            assertCounts(blocks(1, 0), pages.blue);
            pages.sub(0, 0);
            assertAllGone(pages);
            assertTrue(kind == StoreKind.FLAGS_ESCAPED || pages.isClean(), "but for the sticky mark");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an empty page is split, trimmed and moved without a count")
    void emptyBlocks(StoreKind kind) {
        try (StoreKind.Pages pages = kind.open(true);
                Logs logs = Logs.capture()) {
            pages.tagger.clear(0, 2);
            pages.split(0, 2, 1);
            pages.trim(0, 1, 0);
            pages.sub(0, 0);
            pages.sub(2, 1);
            assertAllGone(pages);
            pages.profiler.flush();
            assertEquals(0, logs.containing("CODETAG-4").size(), "every piece was empty too");
        }
    }
}
