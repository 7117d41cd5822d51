package io.codetag.soak;

import io.codetag.BitClaim;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageTagger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Claims of one pool, made by the thread that owns it: it knows what has to be granted, writes a value into the claimed
 * bits of every word, and looks for it afterwards. At most one claim at a time.
 */
final class PoolClaims {
    private static final int LEAST_TAG_BITS = 2;

    private final PageTagger tagger;
    private final long[] words;
    private final int shift;
    private final int bits;

    /** The bits that tags have without a claim. */
    private final int tagBits;

    private final Tally tally;
    private @Nullable Field claimed;
    private int claims;

    /** Makes the claims of a pool whose words have so many unused bits, from one on; none if there are no words. */
    PoolClaims(PageTagger tagger, long[] words, int shift, int bits, Tally tally) {
        this.tagger = tagger;
        this.words = words;
        this.shift = shift;
        this.bits = bits;
        this.tagBits = tagger.storage().bits();
        this.tally = tally;
    }

    /** Claims bits up to the highest unused one, or gives back what is claimed. */
    void claimOrGiveBack(SplittableRandom random) {
        try {
            final Field former = claimed;
            if (former != null) {
                claimed = null;
                fill(former, false);
                tagger.returnBits(former);
                expect(tagBits, tagger.storage().bits());
            } else if (bits == 0) {
                claimWithoutWords();
            } else {
                claim(random.nextInt(bits));
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void claimWithoutWords() throws InterruptedException {
        try {
            tagger.claimBits(new Field("claim", 0, 1));
        } catch (IllegalArgumentException refused) {
            tally.refusals.increment();
            return;
        }
        throw new IllegalStateException("bits of words that are not there were granted");
    }

    private void claim(int first) throws InterruptedException {
        final Field wanted = new Field("claim " + ++claims, shift + first, bits - first);
        final boolean due = first >= Math.min(tagBits, LEAST_TAG_BITS);
        final BitClaim claim = tagger.claimBits(wanted);
        if (claim.granted() != due) {
            throw new IllegalStateException(claim + " of " + tagBits + " bits of tags");
        }
        expect(due ? Math.min(first, tagBits) : tagBits, tagger.storage().bits());
        if (due) {
            if (Arrays.stream(words).anyMatch(word -> wanted.get(word) != 0)) {
                throw new IllegalStateException(wanted + " are not 0 after " + claim);
            }
            claimed = wanted;
            fill(wanted, true);
            tally.claims.increment();
            tally.moved.add(claim.moved());
        } else {
            tally.refusals.increment();
        }
    }

    private static void expect(int due, int actual) {
        if (due != actual) {
            throw new IllegalStateException("tags have " + actual + " bits, and should have " + due);
        }
    }

    private void fill(Field field, boolean on) {
        for (int pfn = 0; pfn < words.length; pfn++) {
            words[pfn] = field.set(words[pfn], on ? value(field, pfn) : 0);
        }
    }

    /** Returns in how many words the claimed bits, or those of the allocator, are not what was written. */
    long drift(long own) {
        final long unused = bits == 0 ? 0 : (-1L >>> (Long.SIZE - bits)) << shift;
        final Field field = claimed;
        long drift = 0;
        for (int pfn = 0; pfn < words.length; pfn++) {
            drift += (words[pfn] & ~unused) == own ? 0 : 1;
            drift += field == null || field.get(words[pfn]) == value(field, pfn) ? 0 : 1;
        }
        return drift;
    }

    private static long value(Field field, int pfn) {
        return field.get(pfn * 0x9E37_79B9_7F4A_7C15L);
    }
}
