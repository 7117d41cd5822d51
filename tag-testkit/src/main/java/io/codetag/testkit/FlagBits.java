package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An allocator's use of its flag words: it rewrites its own fields at random and keeps every other bit. Without flag
 * words it hands over words of its own invention, which have to come back as they were.
 */
final class FlagBits {
    private final @Nullable FlagWords words;
    private final long own;
    private final Map<Long, Long> expected = new HashMap<>();

    FlagBits(PageSpec spec) {
        final PageFlagsLayout layout = spec.layout();
        words = spec.flags();
        own = layout == null ? -1 : ~layout.unusedMask();
    }

    /** Returns a page's word; 0 if there is none. */
    long word(long pfn) {
        return words == null ? 0 : words.get(pfn);
    }

    /** Returns a page's word with new values in the allocator's own fields. */
    long rewritten(long pfn, Random random) {
        return (word(pfn) & ~own) | (random.nextLong() & own);
    }

    /** Stores the word that a fused operation returned. */
    void store(long pfn, long given, long returned) {
        assertEquals(given & own, returned & own, () -> "the allocator's own bits of page " + pfn);
        if (words != null) {
            assertTrue(words.compareAndSet(pfn, words.get(pfn), returned));
            expected.put(pfn, returned & own);
        }
    }

    /** Writes the allocator's own fields, as it does beside a general operation. */
    void rewrite(long pfn, Random random) {
        final long word = rewritten(pfn, random);
        store(pfn, word, word);
    }

    /** Checks the own fields of every page that was ever written. */
    void check() {
        if (words != null) {
            expected.forEach((pfn, bits) ->
                    assertEquals(bits, words.get(pfn) & own, () -> "the allocator's own bits of page " + pfn));
        }
    }
}
