package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.PageFlagsLayout;
import io.codetag.Quiescence;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A flag word")
class PageWordTest {
    private static final Quiescence NEVER_ASKED = () -> {
        throw new AssertionError("not asked for");
    };

    @Test
    @DisplayName("holds every order, and keeps the bits that are not the allocator's")
    void keepsOtherBits() {
        final PageFlagsLayout layout = PageWord.layout(NEVER_ASKED);
        for (long others : new long[] {0, layout.unusedMask(), layout.unusedMask() & 0x5555_5555_5555_5555L}) {
            for (int order = 0; order <= PageWord.MAX_ORDER; order++) {
                final long word = PageWord.allocated(others, order);
                assertEquals(order, PageWord.order(word));
                assertEquals(others, word & layout.unusedMask());
                assertEquals(5, PageWord.order(PageWord.allocated(word, 5)));
                assertEquals(others, PageWord.freed(word));
                assertEquals(-1, PageWord.order(PageWord.freed(word)));
            }
        }
    }

    @Test
    @DisplayName("leaves the bits from 5 on to tags")
    void layout() {
        final PageFlagsLayout layout = PageWord.layout(NEVER_ASKED);
        final PageFlagsLayout.Field tag = layout.tagField(64);
        assertNotNull(tag);
        assertEquals(5, tag.shift());
        assertEquals(PageFlagsLayout.MAX_TAG_BITS, tag.bits());
        assertEquals(2, layout.fields().size());
        assertSame(NEVER_ASKED, layout.quiescence());
    }

    @Test
    @DisplayName("of a page that was never in use reads as 0 and takes no memory until it is changed")
    void sparse() {
        final PageWords words = new PageWords(1L << 40);
        final long pfn = (1L << 40) - 1;
        assertEquals(1L << 40, words.size());
        assertEquals(0, words.get(pfn));
        assertEquals(-1, words.orderAt(pfn));
        assertTrue(words.compareAndSet(pfn, 0, 0));
        assertFalse(words.compareAndSet(pfn, 1, 0));
        assertTrue(words.compareAndSet(pfn, 0, PageWord.allocated(0, 3)));
        assertFalse(words.compareAndSet(pfn, 0, 1));
        assertEquals(3, words.orderAt(pfn));
        assertEquals(0, words.get(pfn - 1));
        words.setRelease(0, 7);
        assertEquals(7, words.get(0));
        assertEquals(0, words.get(1L << 31));
    }

    @Test
    @DisplayName("are read in bulk as one by one, also across chunks and where there is none yet")
    void bulk() {
        final long chunk = 1L << PageWords.CHUNK_SHIFT;
        final PageWords words = new PageWords(3 * chunk);
        words.setRelease(0, 5);
        words.setRelease(2 * chunk - 1, 6);
        words.setRelease(2 * chunk, 7);
        final long[] read = new long[(int) (2 * chunk)];
        for (long from : new long[] {0, 3, chunk - 1, chunk}) {
            java.util.Arrays.fill(read, 9);
            words.read(from, read, read.length - 1);
            for (int i = 0; i < read.length - 1; i++) {
                assertEquals(words.get(from + i), read[i], "page " + (from + i));
            }
            assertEquals(9, read[read.length - 1]);
        }
    }
}
