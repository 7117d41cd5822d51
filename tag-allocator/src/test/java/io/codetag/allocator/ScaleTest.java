package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.Profiler;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("At scale, an allocator")
class ScaleTest {
    private static final AllocTag TAG = AllocTags.here();

    @Test
    @DisplayName("hands out and takes back every one of four million pages")
    void everyPage() {
        final int count = 1 << 22;
        try (PageAllocator pages =
                PageAllocator.builder("scale", count).metadataOnly().build()) {
            for (long pfn = 0; pfn < count; pfn++) {
                assertEquals(pfn, pages.allocate(0, TAG));
            }
            assertEquals(PageAllocator.NO_PAGE, pages.tryAllocate(0, TAG));
            for (long pfn = count - 1; pfn >= 0; pfn--) {
                pages.free(pfn);
            }
            for (long pfn = 0; pfn < count; pfn += 1024) { // the last ones are those whose pages are cached
                assertEquals(0, pages.allocate(10, TAG) & 1023);
            }
            assertEquals(0, pages.freeBytes());
        }
    }

    @Test
    @DisplayName("of 2^36 pages takes heap for those in use, and next to nothing for the others")
    void hugeAndSparse() {
        final long used = usedHeap();
        try (Profiler off = Profiler.builder().profiling("never").build();
                PageAllocator pages = PageAllocator.builder("scale", 1L << 36)
                        .metadataOnly()
                        .attachedBy(off::attach)
                        .build()) {
            assertEquals(0, pages.allocate(10, TAG));
            assertEquals(1024, pages.allocate(0, TAG));
            assertEquals(((1L << 36) - 1025) * 4096, pages.freeBytes());
            final long grown = usedHeap() - used;
            assertTrue(grown < 64 << 20, "took " + grown + " bytes"); // all flag words would be 512 GiB
        }
    }

    @Test
    @DisplayName("works the same with page numbers far beyond 2^31")
    void largePageNumbers() {
        final long end = (1L << 33) - 7;
        final long first = (1L << 33) - 3 * 1024;
        final PageWords words = new PageWords(end);
        final FreeBlocks free = new FreeBlocks(end, 10, first);
        final PageSpec spec = PageSpec.builder("scale", 1, 4096).build();
        final PageTagger tagger = AllocTags.attach(spec);
        final Blocks blocks = new Blocks("scale", words, null, free, new BlockTags(tagger), new ReentrantLock());
        assertEquals(first, blocks.allocate(10, TAG));
        final long second = first + 1024;
        assertEquals(second, blocks.allocate(0, TAG));
        assertEquals(second + 512, blocks.allocate(9, TAG));
        assertEquals(second + 1024, blocks.migrate(second + 512));
        assertEquals(-1, blocks.allocate(10, TAG));
        for (int order = 8; order >= 0; order--) {
            if (order != 3) { // 1 017 pages are 512 + 256 + 128 + 64 + 32 + 16 + 8 + 1
                blocks.allocate(order, TAG);
            }
        }
        blocks.split(first, 5);
        assertEquals(5, blocks.orderOf(first + 1024 - 32));
        blocks.trim(first + 32, 0);
        blocks.free(first + 32);
        assertThrows(DoubleFreeException.class, () -> blocks.free(first + 32));
        assertEquals(first + 32, blocks.allocate(5, TAG));
        assertThrows(BadPageException.class, () -> blocks.free(end));
        assertThrows(BadPageException.class, () -> blocks.free(first + 33));
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
