package io.codetag.pageext;

import static io.codetag.spi.PageSections.MAX_PAGES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageExtStoreTest {
    private final PageExtStoreProvider provider = new PageExtStoreProvider();

    @Test
    @DisplayName("is found by the service loader, under its name and rank")
    void isFound() {
        final List<PageTagStoreProvider> found = ServiceLoader.load(PageTagStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals("pageext"))
                .toList();
        assertEquals(1, found.size());
        assertEquals(PageExtStoreProvider.class, found.get(0).getClass());
        assertEquals(100, found.get(0).priority());
    }

    @Test
    @DisplayName("serves every allocator, with every code, beside the flag word")
    void servesEverybody() {
        final StoreRequest request = request(1L << 40);
        assertTrue(provider.check(request).suits());
        assertEquals(Integer.MAX_VALUE, provider.maxCode(request));
        assertEquals(Integer.MAX_VALUE, provider.open(request).maxCode());
        assertEquals(null, provider.fieldInWord(request));
        assertTrue(provider.check(request(MAX_PAGES)).suits());
    }

    @Test
    @DisplayName("says no to more pages than it can address, and does not grow to them")
    void refusesTooManyPages() {
        final String reason = "there are 4503599627370497 pages, and a side table addresses at most 4503599627370496";
        assertEquals(reason, provider.check(request(MAX_PAGES + 1)).reason());
        final PageExtStore store = new PageExtStore(8);
        assertEquals(
                reason,
                assertThrows(IllegalArgumentException.class, () -> store.grow(MAX_PAGES + 1))
                        .getMessage());
    }

    @Test
    @DisplayName("a page whose code once did not fit goes on with any code, the mark's number and 0 among them")
    void escapedPageGoesOn() {
        final PageExtStore store = new PageExtStore(100);
        store.set(50, 70_000);
        for (int code : new int[] {2, 0, 2, 3, 0, 65_535, 65_536, 1, Integer.MAX_VALUE, 0}) {
            final int held = store.get(50);
            assertFalse(store.compareAndSet(50, held + 1, code));
            assertTrue(store.compareAndSet(50, held, code));
            assertEquals(code, store.get(50));
        }
        store.set(50, 70_000);
        store.clear(0, 100);
        assertEquals(0, store.get(50));
        assertTrue(store.compareAndSet(50, 0, 5));
        assertEquals(0, store.get(49));
        assertEquals(0, store.get(51));
    }

    @Test
    @DisplayName("a code that is the mark's number is told from the mark")
    void markIsNoCode() {
        final PageExtStore store = new PageExtStore(100);
        store.set(1, 2);
        assertEquals(2, store.get(1));
        assertFalse(store.compareAndSet(0, 2, 9));
        store.set(1, 70_000);
        assertFalse(store.compareAndSet(1, 2, 9), "the slot holds the mark, the page another code");
        assertEquals(70_000, store.get(1));
    }

    @Test
    @DisplayName("while pages move to the twin beside other writers, each code put in comes out once")
    void movesBesideWriters() throws Exception {
        final int pages = 100_000;
        final PageExtStore store = new PageExtStore(pages);
        final int[][] codes = {{70_000, 0}, {5, 80_000}, {2, 9}};
        final CyclicBarrier start = new CyclicBarrier(codes.length);
        final AtomicLongArray balance = new AtomicLongArray(pages);
        final List<Future<?>> running = new ArrayList<>();
        final ExecutorService threads = Executors.newFixedThreadPool(codes.length);
        try {
            for (int[] own : codes) {
                running.add(threads.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    for (int pfn = 0; pfn < pages; pfn++) {
                        balance.addAndGet(pfn, own[0] - (long) store.getAndSet(pfn, own[0]));
                        final int held = store.get(pfn);
                        if (store.compareAndSet(pfn, held, own[1])) {
                            balance.addAndGet(pfn, own[1] - (long) held);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        for (int pfn = 0; pfn < pages; pfn++) {
            assertEquals(store.get(pfn), balance.get(pfn), "page " + pfn);
        }
    }

    @Test
    @DisplayName("a reader of a page that moves to the twin sees the code before or the code after, never another")
    void readersSeeNothingBetween() throws Exception {
        final int pages = 50_000;
        final PageExtStore store = new PageExtStore(pages);
        for (int pfn = 0; pfn < pages; pfn++) {
            store.set(pfn, 5);
        }
        store.set(pages - 1, 70_000); // the twins are there, all 0
        final AtomicInteger watched = new AtomicInteger(-1);
        final ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            final Future<?> reading = reader.submit(() -> {
                for (int pfn = 0; pfn < pages; pfn++) {
                    watched.set(pfn);
                    int reads = 0;
                    for (int code = store.get(pfn); code != 70_000; code = store.get(pfn)) {
                        assertEquals(5, code, "page " + pfn);
                        pause(++reads);
                    }
                }
            });
            int looks = 0;
            for (int pfn = 0; pfn < pages && !reading.isDone(); ) {
                if (watched.get() >= pfn) {
                    store.set(pfn++, 70_000);
                } else {
                    pause(++looks);
                }
            }
            reading.get(1, TimeUnit.MINUTES);
        } finally {
            reader.shutdownNow();
        }
    }

    /** Spins, but leaves the CPU to the other thread where there is only one for both. */
    private static void pause(int times) {
        if (times % 256 == 0) {
            LockSupport.parkNanos(1);
        } else {
            Thread.onSpinWait();
        }
    }

    private static StoreRequest request(long pages) {
        return new StoreRequest("pool", pages, 4096, 100, null, null, 0);
    }
}
