package io.codetag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSpecTest {
    @Test
    @DisplayName("what is not set is left to the settings, and blocks have orders up to 10")
    void defaults() {
        final PageSpec spec = PageSpec.builder("pool", 100, 4096).build();
        assertEquals("pool", spec.name());
        assertEquals(100, spec.pageCount());
        assertEquals(4096, spec.pageSize());
        assertEquals(10, spec.maxOrder());
        assertEquals(-1, spec.maxBits());
        assertNull(spec.flags());
        assertNull(spec.layout());
        assertNull(spec.orders());
        assertNull(spec.allocatorPackage());
        assertNull(spec.storage());
        assertNull(spec.overflow());
    }

    @Test
    @DisplayName("what is set is told")
    void tellsWhatIsSet() {
        final FlagWords words = FlagWords.of(new long[100]);
        final PageFlagsLayout layout = PageFlagsLayout.builder().build();
        final BlockOrders orders = pfn -> -1;
        final PageSpec spec = PageSpec.builder("pool", 100, 1)
                .maxOrder(0)
                .flags(words, layout)
                .orders(orders)
                .allocatorPackage("com.acme.pool")
                .storage("pageext")
                .overflow(OverflowPolicy.SPILL)
                .maxBits(12)
                .build();
        assertEquals(0, spec.maxOrder());
        assertSame(words, spec.flags());
        assertSame(layout, spec.layout());
        assertSame(orders, spec.orders());
        assertEquals("com.acme.pool", spec.allocatorPackage());
        assertEquals("pageext", spec.storage());
        assertEquals(OverflowPolicy.SPILL, spec.overflow());
        assertEquals(12, spec.maxBits());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    @DisplayName("there has to be a page")
    void needsAPage(long pages) {
        assertRefused(
                "pool: pageCount is " + pages + ", it has to be at least 1", PageSpec.builder("pool", pages, 4096));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 4097, Integer.MIN_VALUE, Integer.MAX_VALUE})
    @DisplayName("the size of a page has to be a power of two")
    void pageSizeIsAPowerOfTwo(int size) {
        assertRefused("pool: pageSize is " + size + ", it has to be a power of two", PageSpec.builder("pool", 1, size));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 31, Integer.MIN_VALUE, Integer.MAX_VALUE})
    @DisplayName("the largest order has to be 0 to 30")
    void orderIsInRange(int order) {
        assertRefused(
                "pool: maxOrder is " + order + ", it has to be 0 to 30",
                PageSpec.builder("pool", 1, 4096).maxOrder(order));
    }

    @Test
    @DisplayName("there has to be a flag word for each page")
    void needsAWordForEachPage() {
        final PageFlagsLayout layout = PageFlagsLayout.builder().build();
        assertRefused(
                "pool: there are 99 flag words for 100 pages",
                PageSpec.builder("pool", 100, 4096).flags(FlagWords.of(new long[99]), layout));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65})
    @DisplayName("the budget has to be 0 to 64 bits")
    void budgetIsInRange(int bits) {
        final PageSpec.Builder builder = PageSpec.builder("pool", 1, 4096);
        assertEquals(
                "maxBits is " + bits + ", it has to be 0 to 64",
                assertThrows(IllegalArgumentException.class, () -> builder.maxBits(bits))
                        .getMessage());
        assertEquals(0, builder.maxBits(0).build().maxBits());
        assertEquals(64, builder.maxBits(64).build().maxBits());
    }

    private static void assertRefused(String message, PageSpec.Builder builder) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    @DisplayName("words that tell their order tell the order of a page too, unless orders were given")
    void wordOrders() {
        final FlagWords words = FlagWords.of(new long[] {5, 6});
        final PageFlagsLayout layout = PageFlagsLayout.builder().build();
        final WordOrders byWord = word -> (int) word;
        final PageSpec.Builder builder =
                PageSpec.builder("pool", 2, 1).flags(words, layout).wordOrders(byWord);
        final PageSpec spec = builder.build();
        assertSame(byWord, spec.wordOrders());
        assertEquals(6, spec.orders().orderAt(1));
        final BlockOrders orders = pfn -> -1;
        assertSame(orders, builder.orders(orders).build().orders());
        final var failure = assertThrows(
                IllegalArgumentException.class,
                () -> PageSpec.builder("bare", 2, 1).wordOrders(byWord).build());
        assertEquals("bare: wordOrders needs flag words", failure.getMessage());
    }
}
