package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An allocator's use of its flag words: it rewrites its own fields and what it has claimed at random, and keeps every other
 * bit. Without flag words it hands over words of its own invention, which have to come back as they were.
 */
final class FlagBits {
    private final @Nullable FlagWords words;
    private final @Nullable ProgramClaims claims;
    private final long own;
    private final Map<Long, Long> expected = new HashMap<>();

    FlagBits(PageSpec spec, @Nullable ProgramClaims claims) {
        final PageFlagsLayout layout = spec.layout();
        this.words = spec.flags();
        this.claims = claims;
        this.own = layout == null ? -1 : ~layout.unusedMask();
    }

    /** Returns a page's word; 0 if there is none. */
    long word(long pfn) {
        return words == null ? 0 : words.get(pfn);
    }

    /** Returns a page's word with new values in the allocator's own fields. */
    long rewritten(long pfn, Random random) {
        return mixed(word(pfn), random.nextLong(), own | claimed());
    }

    /** Stores the whole word that a fused operation returned. */
    void store(long pfn, long given, long returned) {
        final long claimed = claimed();
        final long written = own | claimed;
        assertEquals(given & written, returned & written, () -> "the allocator's own bits of page " + pfn);
        long word;
        do {
            word = word(pfn);
        } while (words != null && !words.compareAndSet(pfn, word, returned)); // the owner's word wins
        stored(pfn, returned, claimed);
    }

    /** Writes the allocator's own fields, as it does beside a general operation: nobody else's bit changes. */
    void rewrite(long pfn, Random random) {
        final long claimed = claimed();
        final long value = random.nextLong();
        long word;
        do {
            word = word(pfn);
        } while (words != null && !words.compareAndSet(pfn, word, mixed(word, value, own | claimed)));
        stored(pfn, value, claimed);
    }

    /** Checks the own fields of every page that was ever written. */
    void check() {
        if (words != null) {
            expected.forEach((pfn, bits) ->
                    assertEquals(bits, words.get(pfn) & own, () -> "the allocator's own bits of page " + pfn));
        }
    }

    private void stored(long pfn, long word, long claimed) {
        if (words != null) {
            expected.put(pfn, word & own);
        }
        if (claims != null) {
            claims.stored(pfn, word, claimed);
        }
    }

    private long claimed() {
        return claims == null ? 0 : claims.usable();
    }

    private static long mixed(long word, long value, long mask) {
        return (word & ~mask) | (value & mask);
    }
}
