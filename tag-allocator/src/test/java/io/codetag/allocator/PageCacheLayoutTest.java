package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

@DisplayName("In memory, a cache")
class PageCacheLayoutTest {
    private static final int APART = 128;

    @Test
    @DisplayName("has 128 bytes of its own before the first of its fields and behind the last")
    void fields() {
        final ClassLayout layout = ClassLayout.parseClass(PageCache.class);
        final List<FieldLayout> used = layout.fields().stream()
                .filter(field -> field.classShortName().equals(PageCacheFields.class.getSimpleName()))
                .toList();
        assertEquals(PageCacheFields.class.getDeclaredFields().length - 4, used.size(), "4 are constants");
        for (FieldLayout field : used) {
            assertTrue(field.offset() >= APART, field.toString());
            assertTrue(field.offset() + field.size() + APART <= layout.instanceSize(), field.toString());
        }
    }

    @Test
    @DisplayName("has its counts and pfns 128 bytes away from either end of their array, orders apart by whole lines")
    void slots() {
        assertTrue(PageCacheFields.SLOTS_FRONT * Long.BYTES >= APART);
        assertTrue(
                PageCacheFields.SLOTS_STRIDE >= PageCacheFields.MAX_BLOCKS + 2, "the count, every pfn, the capacity");
        assertEquals(0, PageCacheFields.SLOTS_STRIDE * Long.BYTES % 64);
        try (PageAllocator pages = PageAllocator.builder("layout", 1 << 20).build();
                LocalPages local = pages.local()) {
            final PageCaches caches = pages.caches();
            final PageCache cache = caches.create(local);
            final int used = caches.orders() * PageCacheFields.SLOTS_STRIDE;
            assertEquals(PageCacheFields.SLOTS_FRONT + used + APART / Long.BYTES, cache.slots.length);
        }
    }

    @Test
    @DisplayName("finds no flag word on the line of its array's length, which everybody reads")
    void flagWords() {
        assertTrue(PageWords.CHUNK_FRONT * Long.BYTES >= APART);
        final PageWords words = new PageWords(10);
        final long[] chunk = words.ensure(0);
        assertEquals(PageWords.CHUNK_FRONT + 10, chunk.length);
        PageWords.setRelease(chunk, 0, 7);
        assertEquals(7, chunk[PageWords.CHUNK_FRONT]);
        assertEquals(7, words.get(0));
    }
}
