package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.BitClaim;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageTagger;
import io.codetag.testkit.ClaimModel.Answer;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The claims of bits of one allocator, made on the tagger and on the model by any thread of a program between two of its
 * steps, beside the steps of the others. While bits are claimed the owners of pages write them.
 */
final class ProgramClaims {
    private final PageTagger tagger;
    private final @Nullable FlagWords words;
    private final @Nullable PageFlagsLayout layout;
    private final ProgramQuiescence quiescence;
    private final ClaimModel model; // guarded by this

    private final WrittenBits written = new WrittenBits();

    /** The claimed bits that owners write. Shrinks before bits are given back, and then all steps are waited for. */
    private volatile long usable;

    private int claims; // guarded by this

    ProgramClaims(RandomProgram.Attached attached, ProgramQuiescence quiescence) {
        this.tagger = attached.tagger();
        this.words = attached.spec().flags();
        this.layout = attached.spec().layout();
        this.quiescence = quiescence;
        this.model = new ClaimModel(
                attached.spec(), tagger.storage().bits(), tagger.storage().overflowStore() != null);
    }

    /** Claims bits or gives some back. Called by a thread that is in none of its steps. */
    synchronized void act(Random random, Trace trace, int largestCode) {
        try {
            final List<Field> claimed = model.claimed();
            if (!claimed.isEmpty() && random.nextBoolean()) {
                giveBack(claimed.get(random.nextInt(claimed.size())), trace);
            } else {
                claim(anyField(random), largestCode, trace);
            }
            assertEquals(model.claimed(), tagger.claimedBits(), "claimed bits");
            assertEquals(model.tagBits(), tagger.storage().bits(), () -> "bits of tags beside " + model.claimed());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Returns the claimed bits that an owner of a page writes at this moment. */
    long usable() {
        return usable;
    }

    /** Takes note of the word that an owner stored. */
    void stored(long pfn, long word, long used) {
        if (used != 0) {
            written.store(pfn, word, used);
        }
    }

    /** Checks the claimed bits of every page. Quiet. */
    synchronized void check() {
        final FlagWords all = words;
        final long claimed = model.claimedMask();
        for (long pfn = 0; all != null && claimed != 0 && pfn < all.size(); pfn++) {
            final long page = pfn;
            assertEquals(written.of(pfn) & claimed, all.get(pfn) & claimed, () -> "the claimed bits of page " + page);
        }
    }

    private void claim(Field wanted, int largestCode, Trace trace) throws InterruptedException {
        trace.add("claim " + wanted);
        final Answer due = model.claim(wanted, largestCode);
        final BitClaim claim;
        try {
            claim = tagger.claimBits(wanted);
        } catch (IllegalArgumentException error) {
            assertEquals(due, Answer.ERROR, error::toString);
            return;
        }
        assertEquals(due, claim.granted() ? Answer.GRANTED : Answer.REFUSED, claim::toString);
        if (claim.granted()) {
            checkEmpty(wanted);
            usable |= wanted.mask();
        }
    }

    private void checkEmpty(Field granted) {
        final FlagWords all = words;
        for (long pfn = 0; all != null && pfn < all.size(); pfn++) {
            final long page = pfn;
            assertEquals(0, granted.get(all.get(pfn)), () -> granted + " of page " + page + " right after the claim");
        }
    }

    private void giveBack(Field field, Trace trace) throws InterruptedException {
        trace.add("give back " + field);
        usable &= ~field.mask();
        do {
            quiescence.quiesced(); // an owner may still store a word that it read before
        } while (clearAny(field.mask()));
        written.clear(field.mask());
        tagger.returnBits(field);
        model.giveBack(field);
    }

    /** Sets bits of all words to 0; says whether any was not. */
    private boolean clearAny(long mask) {
        final FlagWords all = words;
        boolean any = false;
        for (long pfn = 0; all != null && pfn < all.size(); pfn++) {
            for (long word = all.get(pfn); (word & mask) != 0; word = all.get(pfn)) {
                any |= all.compareAndSet(pfn, word, word & ~mask);
            }
        }
        return any;
    }

    /** Returns bits anywhere, or mostly some that the layout leaves; each time by another name. */
    private Field anyField(Random random) {
        final long unused = layout == null || random.nextInt(4) == 0 ? -1 : layout.unusedMask();
        final int from = Long.numberOfTrailingZeros(unused) % Long.SIZE;
        final int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(unused) - from);
        final int first = random.nextInt(bits);
        return new Field("claim " + ++claims, from + first, 1 + random.nextInt(bits - first));
    }
}
