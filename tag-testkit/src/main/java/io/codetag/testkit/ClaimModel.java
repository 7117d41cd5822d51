package io.codetag.testkit;

import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which claims of bits of the flag word a tagger has to grant, by nothing but the description of the pages and where the
 * tags were put at first.
 */
final class ClaimModel {
    private static final int LEAST_TAG_BITS = 2;

    private final @Nullable PageFlagsLayout layout;
    private final boolean hasOverflow;

    /** What tags have while nothing is claimed; null if they are elsewhere. */
    private final @Nullable Field whole;

    private final List<Field> claimed = new ArrayList<>();

    /** What becomes of a claim: granted, refused with a reason, or an error of the caller. */
    enum Answer {
        GRANTED,
        REFUSED,
        ERROR
    }

    /**
     * Makes a model without claims.
     *
     * @param spec the pages
     * @param tagBits the bits of the flag word that tags got at attach; 0 if they are elsewhere
     * @param hasOverflow whether references that do not fit have somewhere to go
     */
    ClaimModel(PageSpec spec, int tagBits, boolean hasOverflow) {
        this.layout = spec.layout();
        this.hasOverflow = hasOverflow;
        this.whole = layout == null ? null : layout.tagField(tagBits);
    }

    /** Claims, and says what has to become of it while there are tags up to a code. */
    Answer claim(Field wanted, int largestCode) {
        final Answer answer = answer(wanted, largestCode);
        if (answer == Answer.GRANTED) {
            claimed.add(wanted);
        }
        return answer;
    }

    private Answer answer(Field wanted, int largestCode) {
        if (layout == null || (wanted.mask() & ~layout.unusedMask()) != 0 || (wanted.mask() & claimedMask()) != 0) {
            return Answer.ERROR;
        }
        final int bits = tagBits();
        if (whole == null || (wanted.mask() & new Field("tags", whole.shift(), bits).mask()) == 0) {
            return Answer.GRANTED;
        }
        final int left = wanted.shift() - whole.shift();
        final boolean possible = left >= LEAST_TAG_BITS && layout.quiescence() != null;
        return possible && (hasOverflow || largestCode < 1L << left) ? Answer.GRANTED : Answer.REFUSED;
    }

    void giveBack(Field field) {
        claimed.remove(field);
    }

    /** Returns what is claimed, in the order of the claims. */
    List<Field> claimed() {
        return Collections.unmodifiableList(claimed);
    }

    long claimedMask() {
        return claimed.stream().mapToLong(Field::mask).reduce(0, (left, right) -> left | right);
    }

    /** Returns the bits that tags have: those below the lowest claim of any of theirs. */
    int tagBits() {
        if (whole == null) {
            return 0;
        }
        final long taken = claimedMask() & whole.mask();
        return taken == 0 ? whole.bits() : Long.numberOfTrailingZeros(taken) - whole.shift();
    }
}
