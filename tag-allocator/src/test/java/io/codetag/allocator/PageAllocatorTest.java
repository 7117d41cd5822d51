package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A page allocator")
class PageAllocatorTest {
    private static final AllocTag TAG = AllocTags.here();

    private static PageAllocator allocator(long pages) {
        return PageAllocator.builder("test", pages).build();
    }

    @Nested
    @DisplayName("hands out blocks")
    class HandsOut {
        @Test
        @DisplayName("aligned to their size, and knows their order")
        void aligned() {
            try (PageAllocator pages = allocator(2048)) {
                for (int order = 0; order <= pages.maxOrder(); order++) {
                    final long pfn = pages.allocate(order, TAG);
                    assertEquals(0, pfn & ((1L << order) - 1), "page " + pfn + " of order " + order);
                    assertEquals(order, pages.orderOf(pfn));
                }
                assertEquals(2047L * 4096, pages.allocatedBytes());
                assertEquals(4096, pages.freeBytes());
            }
        }

        @Test
        @DisplayName("of every page of a number that is no power of two")
        void oddNumberOfPages() {
            try (PageAllocator pages = allocator(1024 + 7)) {
                assertEquals(0, pages.allocate(10, TAG));
                assertEquals(1024, pages.allocate(2, TAG));
                assertEquals(1028, pages.allocate(1, TAG));
                assertEquals(1030, pages.allocate(0, TAG));
                assertEquals(PageAllocator.NO_PAGE, pages.tryAllocate(0, TAG));
                assertEquals(0, pages.freeBytes());
            }
        }

        @Test
        @DisplayName("up to the largest order it was built with, and merges no further")
        void smallerMaxOrder() {
            try (PageAllocator pages =
                    PageAllocator.builder("small", 64).maxOrder(2).build()) {
                assertThrows(IllegalArgumentException.class, () -> pages.allocate(3, TAG));
                final long[] blocks = new long[16];
                for (int i = 0; i < blocks.length; i++) {
                    blocks[i] = pages.allocate(2, TAG);
                }
                assertEquals(0, pages.freeBytes());
                for (long pfn : blocks) {
                    pages.free(pfn);
                }
                assertEquals(0, pages.allocate(2, TAG));
            }
        }

        @Test
        @DisplayName("charged to the current tag when none is given")
        void currentTag() {
            try (PageAllocator pages = allocator(1)) {
                assertEquals(0, pages.allocate(0));
                assertEquals(0, pages.orderOf(0));
            }
        }

        @Test
        @DisplayName("of every order from 0 only")
        void wrongOrder() {
            try (PageAllocator pages = allocator(1024)) {
                for (int order : new int[] {-1, 11, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    final var e = assertThrows(IllegalArgumentException.class, () -> pages.allocate(order, TAG));
                    assertEquals("order is " + order + ", it has to be 0 to 10", e.getMessage());
                }
                assertEquals(0, pages.allocatedBytes());
            }
        }
    }

    @Nested
    @DisplayName("when there is no block")
    class OutOfPages {
        @Test
        @DisplayName("says what was asked for and what is free, and goes on")
        void outOfPages() {
            try (PageAllocator pages = allocator(4)) {
                pages.allocate(1, TAG);
                final var e = assertThrows(OutOfPagesException.class, () -> pages.allocate(2, TAG));
                assertEquals(2, e.order());
                assertTrue(e.getMessage().contains("\"test\" has no block of order 2 (16384 bytes)"), e.getMessage());
                assertTrue(e.getMessage().contains("of 16384 bytes 8192 are free"), e.getMessage());
                assertEquals(PageAllocator.NO_PAGE, pages.tryAllocate(2, TAG));
                assertEquals(2, pages.allocate(1, TAG));
            }
        }
    }

    @Nested
    @DisplayName("refuses a free")
    class RefusesFree {
        private void refused(PageAllocator pages, long pfn, Class<? extends BadPageException> type, String message) {
            final long allocated = pages.allocatedBytes();
            final BadPageException e = assertThrows(BadPageException.class, () -> pages.free(pfn));
            assertEquals(type, e.getClass());
            assertEquals(pfn, e.pfn());
            assertEquals("page " + pfn + " of allocator \"test\" " + message, e.getMessage());
            assertEquals(allocated, pages.allocatedBytes());
        }

        @Test
        @DisplayName("of a page that does not exist")
        void outOfRange() {
            try (PageAllocator pages = allocator(10)) {
                for (long pfn : new long[] {-1, 10, Long.MAX_VALUE, Long.MIN_VALUE}) {
                    refused(pages, pfn, BadPageException.class, "does not exist: its pages are 0 to 9");
                }
            }
        }

        @Test
        @DisplayName("of a page further inside a block")
        void tailPage() {
            try (PageAllocator pages = allocator(16)) {
                pages.allocate(3, TAG);
                for (long pfn = 1; pfn < 8; pfn++) {
                    refused(
                            pages,
                            pfn,
                            BadPageException.class,
                            "is not the first of a block: it lies in the block of order 3 at page 0");
                }
                pages.free(0);
            }
        }

        @Test
        @DisplayName("of a block that is free, also after it was merged into a larger one")
        void doubleFree() {
            try (PageAllocator pages = allocator(16)) {
                final long first = pages.allocate(1, TAG);
                final long second = pages.allocate(1, TAG);
                pages.free(second);
                final String message = "is free: its block was freed before, or never handed out";
                refused(pages, second, DoubleFreeException.class, message);
                pages.free(first);
                refused(pages, second, DoubleFreeException.class, message);
                refused(pages, first, DoubleFreeException.class, message);
                refused(pages, 15, DoubleFreeException.class, message);
                assertEquals(0, pages.allocate(4, TAG));
            }
        }
    }

    @Nested
    @DisplayName("resizes")
    class Resizes {
        @Test
        @DisplayName("by split: the pieces are freed separately and merge again")
        void split() {
            try (PageAllocator pages = allocator(16)) {
                final long pfn = pages.allocate(4, TAG);
                pages.split(pfn, 2);
                assertEquals(16 * 4096, pages.allocatedBytes());
                for (long page = 0; page < 16; page++) {
                    assertEquals(page % 4 == 0 ? 2 : -1, pages.orderOf(page), "page " + page);
                }
                for (long piece = 0; piece < 16; piece += 4) {
                    pages.free(piece);
                }
                assertEquals(pfn, pages.allocate(4, TAG));
            }
        }

        @Test
        @DisplayName("by trim: the tail is free at once")
        void trim() {
            try (PageAllocator pages = allocator(16)) {
                final long pfn = pages.allocate(4, TAG);
                pages.trim(pfn, 1);
                assertEquals(1, pages.orderOf(pfn));
                assertEquals(2 * 4096, pages.allocatedBytes());
                assertEquals(8, pages.allocate(3, TAG));
                assertEquals(4, pages.allocate(2, TAG));
                assertEquals(2, pages.allocate(1, TAG));
                assertEquals(0, pages.freeBytes());
            }
        }

        @Test
        @DisplayName("to the same order as doing nothing, and to a larger one not at all")
        void sameAndLarger() {
            try (PageAllocator pages = allocator(16)) {
                final long pfn = pages.allocate(1, TAG);
                pages.split(pfn, 1);
                pages.trim(pfn, 1);
                assertThrows(IllegalArgumentException.class, () -> pages.split(pfn, 2));
                assertThrows(IllegalArgumentException.class, () -> pages.trim(pfn, -1));
                assertThrows(BadPageException.class, () -> pages.split(pfn + 1, 0));
                assertThrows(DoubleFreeException.class, () -> pages.trim(8, 0));
                assertEquals(1, pages.orderOf(pfn));
                assertEquals(2 * 4096, pages.allocatedBytes());
            }
        }
    }

    @Nested
    @DisplayName("migrates")
    class Migrates {
        @Test
        @DisplayName("the bytes of a block to another one of the same order, and frees the old one")
        void contents() {
            try (PageAllocator pages = allocator(16)) {
                final long pfn = pages.allocate(2, TAG);
                final ByteBuffer bytes = pages.buffer(pfn);
                for (int i = 0; bytes.hasRemaining(); i++) {
                    bytes.putInt(i);
                }
                final long target = pages.migrate(pfn);
                assertEquals(4, target);
                assertEquals(-1, pages.orderOf(pfn));
                assertEquals(2, pages.orderOf(target));
                assertEquals(4 * 4096, pages.allocatedBytes());
                assertEquals(bytes.flip(), pages.buffer(target));
            }
        }

        @Test
        @DisplayName("nothing when there is no room")
        void noRoom() {
            try (PageAllocator pages = allocator(2)) {
                final long pfn = pages.allocate(1, TAG);
                assertEquals(PageAllocator.NO_PAGE, pages.migrate(pfn));
                assertEquals(1, pages.orderOf(pfn));
                assertEquals(2 * 4096, pages.allocatedBytes());
                assertThrows(BadPageException.class, () -> pages.migrate(1));
            }
        }
    }

    @Nested
    @DisplayName("shows memory")
    class ShowsMemory {
        @Test
        @DisplayName("as one direct buffer in native order for each block, none overlapping another")
        void viewsDoNotOverlap() {
            try (PageAllocator pages = PageAllocator.builder("test", 3 * 1024 + 5)
                    .pageSize(16_384) // three buffers of 16 MiB, and one of 5 pages
                    .build()) {
                fillBlocks(pages, 9, 2);
                fillBlocks(pages, 0, 100);
                fillBlocks(pages, 3, 1000);
                fillBlocks(pages, 0, 1000);
                assertEquals(0, pages.freeBytes());
                for (long head = 0; head < pages.pages(); head++) {
                    if (pages.orderOf(head) >= 0) {
                        final ByteBuffer view = pages.buffer(head);
                        assertEquals(head + 1, view.getLong(0));
                        assertEquals(head + 1, view.getLong(view.limit() - Long.BYTES));
                    }
                }
            }
        }

        private void fillBlocks(PageAllocator pages, int order, int most) {
            for (int i = 0; i < most; i++) {
                final long pfn = pages.tryAllocate(order, TAG);
                if (pfn == PageAllocator.NO_PAGE) {
                    return;
                }
                final ByteBuffer view = pages.buffer(pfn);
                assertTrue(view.isDirect());
                assertEquals(ByteOrder.nativeOrder(), view.order());
                assertEquals(pages.pageSize() << order, view.remaining());
                while (view.hasRemaining()) {
                    assertEquals(0, view.getLong(view.position()), "fresh memory is zero and nobody else's");
                    view.putLong(pfn + 1);
                }
            }
        }

        @Test
        @DisplayName("of one page inside a block")
        void onePage() {
            try (PageAllocator pages = allocator(16)) {
                final long pfn = pages.allocate(2, TAG);
                pages.pageBuffer(pfn + 3).putInt(4, 42);
                assertEquals(42, pages.buffer(pfn).getInt(3 * 4096 + 4));
                assertEquals(4096, pages.pageBuffer(pfn + 3).capacity());
                assertThrows(DoubleFreeException.class, () -> pages.pageBuffer(pfn + 4));
                assertThrows(BadPageException.class, () -> pages.pageBuffer(16));
                assertThrows(BadPageException.class, () -> pages.buffer(pfn + 1));
            }
        }

        @Test
        @DisplayName("that the last owner left, uncleared")
        void reuse() {
            try (PageAllocator pages = allocator(1)) {
                pages.buffer(pages.allocate(0, TAG)).put(5, (byte) 1);
                pages.free(0);
                assertEquals(1, pages.buffer(pages.allocate(0, TAG)).get(5));
            }
        }

        @Test
        @DisplayName("only if there is any")
        void metadataOnly() {
            try (PageAllocator pages =
                    PageAllocator.builder("test", 16).metadataOnly().build()) {
                final long pfn = pages.allocate(2, TAG);
                assertThrows(IllegalStateException.class, () -> pages.buffer(pfn));
                assertThrows(IllegalStateException.class, () -> pages.pageBuffer(pfn));
                assertEquals(4, pages.migrate(pfn));
            }
        }
    }

    @Test
    @DisplayName("refuses everything but questions once it is closed, and may be closed again")
    void closed() {
        final PageAllocator pages = allocator(16);
        final long pfn = pages.allocate(1, TAG);
        final ByteBuffer view = pages.buffer(pfn);
        pages.close();
        pages.close();
        view.putInt(0, 1); // the memory stays as long as there is a view of it
        assertThrows(IllegalStateException.class, () -> pages.allocate(0, TAG));
        assertThrows(IllegalStateException.class, () -> pages.tryAllocate(0, TAG));
        assertThrows(IllegalStateException.class, () -> pages.free(pfn));
        assertThrows(IllegalStateException.class, () -> pages.split(pfn, 0));
        assertThrows(IllegalStateException.class, () -> pages.trim(pfn, 0));
        assertThrows(IllegalStateException.class, () -> pages.migrate(pfn));
        assertThrows(IllegalStateException.class, () -> pages.buffer(pfn));
        assertEquals(2 * 4096, pages.allocatedBytes());
        assertEquals(1, pages.orderOf(pfn));
    }

    @Test
    @DisplayName("refuses numbers out of range when it is built")
    void builderChecks() {
        assertBuildFails(PageAllocator.builder("test", 0), "pages is 0");
        assertBuildFails(PageAllocator.builder("test", (1L << 40) + 1), "pages is 1099511627777");
        assertBuildFails(PageAllocator.builder("test", 1).pageSize(3), "pageSize is 3, it has to be a power of two");
        assertBuildFails(PageAllocator.builder("test", 1).pageSize(Integer.MIN_VALUE), "pageSize is -2147483648");
        assertBuildFails(PageAllocator.builder("test", 1).pageSize(1 << 21), "at most 1048576 with maxOrder 10");
        assertBuildFails(PageAllocator.builder("test", 1).maxOrder(11), "maxOrder is 11, it has to be 0 to 10");
        assertBuildFails(PageAllocator.builder("test", 1).maxOrder(-1), "maxOrder is -1");
        assertBuildFails(PageAllocator.builder("test", 1).maxBits(-1), "maxBits is -1");
    }

    private static void assertBuildFails(PageAllocator.Builder builder, String message) {
        final var e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
