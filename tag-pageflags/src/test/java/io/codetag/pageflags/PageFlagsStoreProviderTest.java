package io.codetag.pageflags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageFlagsStoreProviderTest {
    private static final PageFlagsLayout TWELVE_BITS =
            PageFlagsLayout.builder().field("state", 0, 4).field("refs", 16, 48).build();

    private final PageFlagsStoreProvider provider = new PageFlagsStoreProvider();

    @Test
    @DisplayName("is found by the service loader, under its name and rank")
    void isFound() {
        final List<PageTagStoreProvider> found = ServiceLoader.load(PageTagStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals("pageflags"))
                .toList();
        assertEquals(1, found.size());
        assertEquals(PageFlagsStoreProvider.class, found.get(0).getClass());
        assertEquals(200, found.get(0).priority());
    }

    @Test
    @DisplayName("serves an allocator with flag words and spare bits")
    void serves() {
        final StoreRequest request = request(FlagWords.of(new long[8]), TWELVE_BITS, 64);
        assertTrue(provider.check(request).suits());
        assertEquals(new Field("tag", 4, 12), provider.fieldInWord(request));
        assertEquals(4_095, provider.maxCode(request));
    }

    @Test
    @DisplayName("takes no more bits than the budget, from the bottom of the spare ones")
    void keepsToTheBudget() {
        final StoreRequest request = request(FlagWords.of(new long[8]), TWELVE_BITS, 5);
        assertTrue(provider.check(request).suits());
        assertEquals(new Field("tag", 4, 5), provider.fieldInWord(request));
        assertEquals(31, provider.maxCode(request));
        assertEquals(31, provider.open(request).maxCode());
    }

    @Test
    @DisplayName("says no to an allocator without flag words or without a layout")
    void needsFlagWords() {
        assertEquals(
                "the allocator has no flag words",
                provider.check(request(null, null, 64)).reason());
        assertEquals(
                "the allocator has no flag words",
                provider.check(request(null, TWELVE_BITS, 64)).reason());
        assertEquals(
                "the allocator has no flag words",
                provider.check(request(FlagWords.of(new long[8]), null, 64)).reason());
    }

    @Test
    @DisplayName("says no to fewer flag words than pages")
    void needsAWordForEachPage() {
        assertEquals(
                "there are 7 flag words for 8 pages",
                provider.check(request(FlagWords.of(new long[7]), TWELVE_BITS, 64))
                        .reason());
    }

    @Test
    @DisplayName("says how many bits there are and what the budget is when they hold no tag")
    void needsTwoBits() {
        final FlagWords words = FlagWords.of(new long[8]);
        final PageFlagsLayout full =
                PageFlagsLayout.builder().field("all", 0, 64).build();
        final PageFlagsLayout oneBit =
                PageFlagsLayout.builder().field("most", 0, 63).build();
        assertEquals(
                "the longest run of unused bits in the flag word is 0 and the budget is 64; tags need at least 2",
                provider.check(request(words, full, 64)).reason());
        assertEquals(
                "the longest run of unused bits in the flag word is 1 and the budget is 64; tags need at least 2",
                provider.check(request(words, oneBit, 64)).reason());
        assertEquals(
                "the longest run of unused bits in the flag word is 12 and the budget is 1; tags need at least 2",
                provider.check(request(words, TWELVE_BITS, 1)).reason());
    }

    @Test
    @DisplayName("refuses to open what it said no to, and says why")
    void refusesToOpen() {
        final StoreRequest noBits = request(FlagWords.of(new long[8]), TWELVE_BITS, 0);
        final String message = assertThrows(IllegalArgumentException.class, () -> provider.open(noBits))
                .getMessage();
        assertTrue(message.startsWith("pool cannot use pageflags: the longest run"), message);
        final StoreRequest noWords = request(null, null, 64);
        assertThrows(IllegalArgumentException.class, () -> provider.open(noWords));
        assertThrows(IllegalArgumentException.class, () -> provider.maxCode(noWords));
        assertNull(provider.fieldInWord(noWords));
        assertNull(provider.fieldInWord(noBits));
    }

    @Test
    @DisplayName("a store does not grow beyond the flag words")
    void growsUpToTheWords() {
        final PageTagStore store = provider.open(request(FlagWords.of(new long[10]), TWELVE_BITS, 64));
        store.set(7, 9);
        store.grow(10);
        assertEquals(
                "there are 10 flag words for 11 pages",
                assertThrows(IllegalArgumentException.class, () -> store.grow(11))
                        .getMessage());
        assertEquals(9, store.get(7));
    }

    private static StoreRequest request(FlagWords words, PageFlagsLayout layout, int maxBits) {
        return new StoreRequest("pool", 8, 4096, 100, words, layout, maxBits);
    }
}
