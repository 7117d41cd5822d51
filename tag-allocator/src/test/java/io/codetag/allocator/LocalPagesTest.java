package io.codetag.allocator;

import static io.codetag.allocator.PageAllocator.NO_PAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A part of an allocator for one thread")
class LocalPagesTest {
    /** An eighth of the 16 pages that a cache of so small an allocator holds. */
    private static final int FIRST_FETCH = 2;

    private static final AllocTag TAG = AllocTags.here();

    private final PageAllocator pages =
            PageAllocator.builder("local", 2048).metadataOnly().build();

    @AfterEach
    void close() {
        pages.close();
    }

    @Test
    @DisplayName("hands out blocks of every order, and takes back those of others")
    void allocatesAndFrees() {
        try (LocalPages local = pages.local()) {
            final long small = local.allocate(0, TAG);
            final long large = local.allocate(10, TAG);
            assertEquals(0, pages.orderOf(small));
            assertEquals(10, pages.orderOf(large));
            assertEquals(1025 * 4096, pages.allocatedBytes());
            pages.free(small);
            pages.free(large);
            local.free(pages.allocate(0, TAG));
            assertEquals(0, pages.allocatedBytes());
        }
    }

    @Test
    @DisplayName("refuses what the allocator refuses, in the same words")
    void refuses() {
        try (LocalPages local = pages.local()) {
            final long pfn = local.allocate(3, TAG);
            assertEquals(
                    assertThrows(BadPageException.class, () -> pages.free(pfn + 1))
                            .getMessage(),
                    assertThrows(BadPageException.class, () -> local.free(pfn + 1))
                            .getMessage());
            assertThrows(BadPageException.class, () -> local.free(-1));
            assertThrows(BadPageException.class, () -> local.free(2048));
            assertThrows(IllegalArgumentException.class, () -> local.allocate(11, TAG));
            assertThrows(IllegalArgumentException.class, () -> local.allocate(-1, TAG));
            assertThrows(NullPointerException.class, () -> local.allocate(0, null));
            local.free(pfn);
            assertThrows(DoubleFreeException.class, () -> local.free(pfn));
            while (pages.tryAllocate(0, TAG) != NO_PAGE) {
                assertTrue(pages.freeBytes() >= 0);
            }
            assertEquals(NO_PAGE, local.tryAllocate(0, TAG));
            assertThrows(OutOfPagesException.class, () -> local.allocate(0, TAG));
        }
    }

    @Test
    @DisplayName("gives its free blocks back when it is closed, and does nothing any more")
    void closed() {
        final LocalPages local = pages.local();
        local.free(local.allocate(0, TAG));
        assertEquals(FIRST_FETCH, pages.caches().cachedPages());
        local.close();
        local.close();
        assertEquals(0, pages.caches().cachedPages());
        assertEquals(0, pages.caches().count());
        final long pfn = pages.allocate(0, TAG);
        assertThrows(IllegalStateException.class, () -> local.allocate(0, TAG));
        assertThrows(IllegalStateException.class, () -> local.tryAllocate(0, TAG));
        assertThrows(IllegalStateException.class, () -> local.free(pfn));
        assertEquals(4096, pages.allocatedBytes());
    }

    @Test
    @DisplayName("is of no use once its allocator is closed")
    void allocatorClosed() {
        final LocalPages local = pages.local();
        final long pfn = local.allocate(0, TAG);
        pages.close();
        assertThrows(IllegalStateException.class, () -> local.allocate(0, TAG));
        assertThrows(IllegalStateException.class, () -> local.free(pfn));
        assertEquals(4096, pages.allocatedBytes());
        local.close();
    }

    @Test
    @DisplayName("that was forgotten is found out when another is asked for")
    void forgotten() {
        forget();
        final long start = System.nanoTime();
        while (pages.caches().count() > 0) {
            System.gc();
            pages.local().close();
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "still there");
        }
        assertEquals(0, pages.caches().cachedPages());
    }

    private void forget() {
        final LocalPages local = pages.local();
        local.free(local.allocate(0, TAG));
        assertEquals(1, pages.caches().count());
    }

    @Test
    @DisplayName("may be handed from thread to thread")
    void handedOn() throws Exception {
        try (LocalPages local = pages.local()) {
            for (int i = 0; i < 4; i++) {
                final Thread thread = new Thread(() -> local.free(local.allocate(0, TAG)));
                thread.start();
                thread.join();
            }
            assertEquals(1, pages.caches().count());
            assertEquals(FIRST_FETCH, pages.caches().cachedPages());
        }
    }
}
