package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.TagCodes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link PageTagStore}, as requirements that JUnit checks. A backend's test is one subclass that opens
 * its stores; see the package for an example.
 *
 * <p>Takes about a second. A store needs no more than 20 000 pages, but for those few requirements that open one of
 * {@link #largePageCount()} and touch a handful of its pages.
 *
 * @since 0.1
 */
public abstract class PageTagStoreContract extends RandomRequirements {
    private static final long BYTES_WHEN_OPENED = 64 << 10;

    /** For subclasses. */
    protected PageTagStoreContract() {}

    @Test
    @DisplayName("every page of a new store is empty")
    final void startsEmpty() {
        final PageTagStore store = open(PAGES);
        for (long pfn = 0; pfn < PAGES; pfn++) {
            assertEquals(0, store.get(pfn), "page " + pfn);
        }
        assertEquals(Map.of(), scanned(store, 0, PAGES));
    }

    @Test
    @DisplayName("a store holds at least one tag")
    final void holdsATag() {
        assertTrue(open(1).maxCode() >= TagCodes.FIRST_TAG);
    }

    @Test
    @DisplayName("every code from 0 to the largest reads back as it was set, on the first page and on the last")
    final void readsBack() {
        final PageTagStore store = open(PAGES);
        for (long pfn : new long[] {0, 1, PAGES / 2, PAGES - 1}) {
            for (int code : palette(store)) {
                store.set(pfn, code);
                assertEquals(code, store.get(pfn), "page " + pfn);
            }
        }
    }

    @Test
    @DisplayName("a page takes any code after any other")
    final void everyTransition() {
        final PageTagStore store = open(PAGES);
        final int[] codes = palette(store);
        for (int from : codes) {
            for (int to : codes) {
                store.set(5, from);
                assertEquals(from, store.getAndSet(5, to), "to " + to);
                assertEquals(to, store.get(5), "from " + from);
                assertTrue(store.compareAndSet(5, to, from), "from " + to + " to " + from);
                assertEquals(from, store.get(5), "after " + to);
            }
        }
    }

    @Test
    @DisplayName("none, empty and escaped are numbers like any other")
    final void reservedCodesAreNumbers() {
        final PageTagStore store = open(PAGES);
        assertTrue(store.compareAndSet(9, TagCodes.NONE, TagCodes.ESCAPED));
        assertEquals(TagCodes.ESCAPED, store.getAndSet(9, TagCodes.EMPTY));
        assertTrue(store.compareAndSet(9, TagCodes.EMPTY, TagCodes.FIRST_TAG));
        store.set(9, TagCodes.ESCAPED);
        assertEquals(TagCodes.ESCAPED, store.get(9));
        assertEquals(Map.of(9L, TagCodes.ESCAPED), scanned(store, 0, PAGES));
        assertEquals(TagCodes.ESCAPED, store.getAndSet(9, TagCodes.NONE));
        assertEquals(Map.of(), scanned(store, 0, PAGES));
    }

    @Test
    @DisplayName("compareAndSet writes over the expected code only, and says whether it did")
    final void comparesBeforeItSets() {
        final PageTagStore store = open(PAGES);
        for (int held : palette(store)) {
            store.set(3, held);
            for (int expected : palette(store)) {
                if (expected != held) {
                    assertFalse(store.compareAndSet(3, expected, 1), held + " is not " + expected);
                    assertEquals(held, store.get(3));
                }
            }
            assertTrue(store.compareAndSet(3, held, held), "the same code");
        }
        assertFalse(store.compareAndSet(PAGES - 1, 1, 2), "an untouched page holds 0");
        assertTrue(store.compareAndSet(PAGES - 1, 0, 2), "an untouched page holds 0");
    }

    @Test
    @DisplayName("writing a page changes no other page")
    final void pagesAreIndependent() {
        final PageTagStore store = open(PAGES);
        final int max = store.maxCode();
        for (long pfn = 0; pfn < PAGES; pfn += 2) {
            store.set(pfn, max);
        }
        for (long pfn = 1; pfn < PAGES; pfn += 2) {
            assertEquals(0, store.getAndSet(pfn, 1), "page " + pfn);
            store.set(pfn, 0);
        }
        for (long pfn = 0; pfn < PAGES; pfn++) {
            assertEquals(pfn % 2 == 0 ? max : 0, store.get(pfn), "page " + pfn);
        }
    }

    @Test
    @DisplayName("clear sets the pages of a range to 0 and no other")
    final void clearsARange() {
        final PageTagStore store = open(PAGES);
        for (long pfn : List.of(0L, 99L, 100L, 8_191L, 8_192L, 16_383L, 16_384L, PAGES - 1)) {
            store.set(pfn, pfn % 2 == 0 ? store.maxCode() : 3);
        }
        store.clear(100, 100);
        store.clear(PAGES, PAGES);
        assertEquals(8, scanned(store, 0, PAGES).size(), "an empty range clears nothing");
        store.clear(100, 16_384);
        assertEquals(
                List.of(0L, 99L, 16_384L, PAGES - 1),
                List.copyOf(scanned(store, 0, PAGES).keySet()));
        store.clear(0, PAGES);
        assertEquals(Map.of(), scanned(store, 0, PAGES));
        store.set(100, store.maxCode());
        assertEquals(store.maxCode(), store.get(100), "a cleared page takes a code again");
    }

    @Test
    @DisplayName("a scan visits each page with a code once, in ascending order, within the range")
    final void scansARange() {
        final PageTagStore store = open(PAGES);
        final TreeMap<Long, Integer> set = new TreeMap<>();
        final int[] codes = palette(store);
        for (long pfn = 0; pfn < PAGES; pfn += 1 + pfn % 701) {
            final int code = codes[1 + (int) (pfn % (codes.length - 1))];
            store.set(pfn, code);
            set.put(pfn, code);
        }
        for (long[] range :
                new long[][] {{0, PAGES}, {0, 1}, {1, 2}, {8_191, 8_193}, {701, 9_999}, {PAGES - 1, PAGES}}) {
            assertEquals(
                    set.subMap(range[0], range[1]), scanned(store, range[0], range[1]), range[0] + " to " + range[1]);
        }
        for (long pfn : new long[] {0, 8_192, PAGES}) {
            assertEquals(Map.of(), scanned(store, pfn, pfn), "an empty range");
        }
    }

    @Test
    @DisplayName("a scan goes on where the visitor says")
    final void scanSkips() {
        final PageTagStore store = open(PAGES);
        for (long pfn = 0; pfn < PAGES; pfn++) {
            store.set(pfn, 3);
        }
        for (long step : new long[] {1, 2, 512, 1_024, 8_192, 8_193, PAGES, Long.MAX_VALUE - PAGES}) {
            final long[] expected = {0};
            store.scan(0, PAGES, (pfn, code) -> {
                assertEquals(expected[0], pfn, () -> "with steps of " + step);
                expected[0] = pfn + step;
                return expected[0];
            });
            assertTrue(expected[0] >= PAGES, "the scan with steps of " + step + " ended at " + expected[0]);
        }
    }

    @Test
    @DisplayName("a visitor may change the page it visits")
    final void visitorClears() {
        final PageTagStore store = open(PAGES);
        final int[] codes = palette(store);
        for (int i = 0; i < codes.length; i++) {
            store.set(i, codes[i]);
        }
        final int[] visited = {0};
        store.scan(0, PAGES, (pfn, code) -> {
            assertEquals(code, store.getAndSet(pfn, 0));
            visited[0]++;
            return pfn + 1;
        });
        assertEquals(codes.length - 1, visited[0], "all but the page with code 0");
        assertEquals(Map.of(), scanned(store, 0, PAGES));
    }

    @Test
    @DisplayName("a store that grows keeps its codes and serves the new pages")
    final void grows() {
        final PageTagStore store = open(100);
        store.set(0, 3);
        store.set(99, store.maxCode());
        store.grow(100);
        store.grow(PAGES);
        assertEquals(Map.of(0L, 3, 99L, store.maxCode()), scanned(store, 0, PAGES));
        assertEquals(0, store.getAndSet(PAGES - 1, store.maxCode()));
        assertEquals(store.maxCode(), store.get(PAGES - 1));
        store.clear(0, PAGES - 1);
        assertEquals(Map.of(PAGES - 1, store.maxCode()), scanned(store, 0, PAGES));
    }

    @Test
    @DisplayName("opening takes no memory that depends on the number of pages")
    final void openingTakesNothing() {
        final long bytes = open(largePageCount()).bytesOccupied();
        assertEquals(open(100).bytesOccupied(), bytes, "bytes of a large store and of a small one");
        assertTrue(bytes <= BYTES_WHEN_OPENED, bytes + " bytes for a store without a code");
    }

    @Test
    @DisplayName("looking at untouched pages takes no memory")
    final void lookingTakesNothing() {
        final PageTagStore store = open(largePageCount());
        final long bytes = store.bytesOccupied();
        for (long pfn = 1; pfn < largePageCount(); pfn += pfn) {
            assertEquals(0, store.get(pfn), "page " + pfn);
            assertFalse(store.compareAndSet(pfn, 3, 1), "page " + pfn);
            store.clear(pfn, pfn + 1);
            assertEquals(Map.of(), scanned(store, pfn, pfn + 1));
        }
        assertEquals(bytes, store.bytesOccupied(), "bytes");
    }

    @Test
    @DisplayName("the first and the last page of a large store can be used, and the bytes never get fewer")
    final void largeStoreIsUsable() {
        final PageTagStore store = open(largePageCount());
        final long last = largePageCount() - 1;
        long bytes = store.bytesOccupied();
        for (long pfn : new long[] {0, 1, last / 2, last}) {
            store.set(pfn, store.maxCode());
            assertEquals(store.maxCode(), store.get(pfn), "page " + pfn);
            assertTrue(store.bytesOccupied() >= bytes, "bytes got fewer at page " + pfn);
            bytes = store.bytesOccupied();
        }
        assertEquals(0, store.get(last - 1));
        assertEquals(Map.of(last, store.maxCode()), scanned(store, last - 10_000, last + 1));
    }

    @Test
    @DisplayName("learning names changes no code")
    final void namesChangeNoCode() {
        final PageTagStore store = open(PAGES);
        store.set(1, 3);
        store.named(3, CodeTag.of("com.acme.Pool", "Pool.java", 1, "grow"));
        store.named(store.maxCode(), CodeTag.of("com.acme.Pool", "Pool.java", 2, "grow"));
        store.named(3, new CodeTag("plugin", "com.acme.Zip", null, 0, "inflate"));
        assertEquals(Map.of(1L, 3), scanned(store, 0, PAGES));
    }
}
