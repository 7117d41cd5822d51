package io.codetag.pageext;

import static io.codetag.spi.PageSections.SECTION_LENGTH;
import static io.codetag.spi.PageSections.SECTION_PAGES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.spi.HeapSizes;
import io.codetag.spi.PageSections;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/** What a store occupies: said exactly, and nothing until it is needed. */
class PageExtMemoryTest {
    private static final int LINE = 64;
    private static final long TEBIBYTE = 1L << 28; // pages of 4 KiB
    private static final long SLOTS = HeapSizes.array(SECTION_LENGTH, 2);
    private static final long TWIN = HeapSizes.array(SECTION_LENGTH, 4);

    @Test
    @DisplayName("the bytes that a store says it occupies are those that it has on the heap, at every step")
    void saysItsBytesExactly() {
        final PageExtStore store = new PageExtStore(64 * TEBIBYTE);
        assertExact(store);
        for (long pfn : new long[] {0, 1, 8_192, 1 << 22, TEBIBYTE - 1, 5 * TEBIBYTE, 64 * TEBIBYTE - 1}) {
            store.set(pfn, 3);
            assertExact(store);
            store.set(pfn, 1 << 20);
            assertExact(store);
            store.set(pfn, 0);
            assertExact(store);
        }
        final Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            store.set(random.nextLong() & (TEBIBYTE - 1), random.nextInt(70_000));
        }
        assertExact(store);
    }

    @Test
    @DisplayName("setting pages without a code to 0 takes no memory")
    void zeroTakesNothing() {
        final PageExtStore store = new PageExtStore(TEBIBYTE);
        final long opened = store.bytesOccupied();
        store.set(4_711, 0);
        assertEquals(0, store.getAndSet(4_711, 0));
        assertTrue(store.compareAndSet(4_711, 0, 0));
        store.clear(0, TEBIBYTE);
        assertEquals(opened, store.bytesOccupied());
    }

    @Test
    @DisplayName("an address space of 1 TiB or 64 TiB costs under 100 bytes until it is touched")
    void untouchedSpaceCostsNothing() {
        assertTrue(new PageExtStore(TEBIBYTE).bytesOccupied() < 100);
        assertTrue(new PageExtStore(64 * TEBIBYTE).bytesOccupied() < 100);
    }

    @Test
    @DisplayName("one touched page costs one section and its way there: 24 KiB in 1 TiB, 64 KiB at the end of 64 TiB")
    void oneTouchedPageCostsLittle() {
        final PageExtStore first = new PageExtStore(TEBIBYTE);
        first.set(0, 3);
        assertTrue(first.bytesOccupied() < 24 << 10, () -> first.bytesOccupied() + " bytes");
        final PageExtStore last = new PageExtStore(64 * TEBIBYTE);
        last.set(64 * TEBIBYTE - 1, 3);
        assertTrue(last.bytesOccupied() < 64 << 10, () -> last.bytesOccupied() + " bytes");
        assertEquals(3, last.get(64 * TEBIBYTE - 1));
    }

    @Test
    @DisplayName("a section costs 2 bytes a page and 80, and 4 more a page from the first code that does not fit")
    void twinComesWithTheFirstLargeCode() {
        final PageExtStore store = new PageExtStore(TEBIBYTE);
        store.set(0, 3);
        final long oneSection = store.bytesOccupied();
        store.set(SECTION_PAGES - 1, 65_535);
        assertEquals(oneSection, store.bytesOccupied(), "65 535 fits a slot");
        store.set(SECTION_PAGES, 3);
        assertEquals(oneSection + SLOTS, store.bytesOccupied(), "another section");
        store.set(1, 65_536);
        assertEquals(oneSection + SLOTS + TWIN, store.bytesOccupied(), "65 536 does not fit");
        store.set(2, Integer.MAX_VALUE);
        store.set(3, 2);
        assertEquals(oneSection + SLOTS + TWIN, store.bytesOccupied(), "the twin is there already");
        store.set(SECTION_PAGES, 2);
        assertEquals(oneSection + SLOTS + 2 * TWIN, store.bytesOccupied(), "2 is the mark and needs a twin");
    }

    @Test
    @DisplayName("a scan of 64 TiB with two touched pages looks at little more than them")
    void scanSkipsWhatIsMissing() {
        final PageExtStore store = new PageExtStore(64 * TEBIBYTE);
        store.set(17 * TEBIBYTE + 5, 70_000);
        store.set(64 * TEBIBYTE - 1, 4);
        final long[] seen = {0, 0};
        store.scan(0, 64 * TEBIBYTE, (pfn, code) -> {
            seen[0] += pfn;
            seen[1] += code;
            return pfn + 1;
        });
        assertEquals(17 * TEBIBYTE + 5 + 64 * TEBIBYTE - 1, seen[0]);
        assertEquals(70_004, seen[1]);
    }

    @Test
    @DisplayName("no code is on the line of its array's length, which everybody reads, and each has a place")
    void linesOfTheirOwn() {
        final PageSections sections = new PageSections();
        final char[] slots = sections.createSlots(0);
        final int[] twin = sections.createTwin(0);
        assertTrue(PageSections.page(0) * Character.BYTES >= LINE, "written beside the length");
        assertEquals(slots.length - 1, PageSections.page(SECTION_PAGES - 1));
        assertEquals(twin.length - 1, PageSections.page(SECTION_PAGES - 1));
    }

    private static void assertExact(PageExtStore store) {
        assertEquals(GraphLayout.parseInstance(store).totalSize(), store.bytesOccupied(), "bytes");
    }
}
