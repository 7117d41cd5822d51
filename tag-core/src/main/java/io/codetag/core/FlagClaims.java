package io.codetag.core;

import io.codetag.BitClaim;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Quiescence;
import io.codetag.spi.TagCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bits of the flag word that change hands while the program runs.
 *
 * <pre>
 *   claim:   capacity down ──> quiesced ──> references moved ──> field narrower ──> quiesced ──> granted
 *   return:  field wider ──> quiesced ──> capacity up
 * </pre>
 *
 * What is stored always fits the field that anyone may still be using: the capacity goes down before the field, and up
 * after it.
 */
final class FlagClaims {
    /** Pages that are moved together: each time all operations are waited for once. */
    private static final int BATCH = 1 << 16;

    private final PageSpec spec;
    private final AttachedPages pages;
    private final PageTagger.Control control;
    private final @Nullable References references;
    private final boolean canMove;

    /** One claim at a time. */
    private final ReentrantLock claiming = new ReentrantLock();

    /** Held while words are looked at, so that closing does not take them away meanwhile. */
    private final Object touching = new Object();

    /** What tags would have without claims; null if they are elsewhere. */
    private final @Nullable Field whole;

    /** What tags have now. Written under the lock. */
    private volatile @Nullable Field field;

    /** What was granted, in order. Replaced under the lock. */
    private volatile List<Field> claimed = List.of();

    /** Set once the allocator failed to quiesce in the middle of a move. */
    private boolean stuck; // guarded by claiming

    FlagClaims(
            PageSpec spec,
            AttachedPages pages,
            PageTagger.Control control,
            StoreChoice choice,
            @Nullable References refs) {
        this.spec = spec;
        this.pages = pages;
        this.control = control;
        this.references = refs;
        this.whole = refs == null ? null : choice.fieldInWord();
        this.field = whole;
        this.canMove = refs != null && refs.hasOverflow();
    }

    @Nullable
    Field field() {
        return field;
    }

    List<Field> claimed() {
        return claimed;
    }

    /** Returns the longest run of bits that neither the allocator's layout nor a claim covers. */
    int longestUnusedRun() {
        return spec.layout() == null ? 0 : layout().longestUnusedRun();
    }

    BitClaim claim(Field wanted) throws InterruptedException {
        claiming.lockInterruptibly();
        try {
            layout().with(wanted); // refuses what is in use
            final Field now = field;
            final References refs = references;
            if (now == null || refs == null || pages.isClosed() || (now.mask() & wanted.mask()) == 0) {
                return granted(wanted, 0, "tags do not use these bits");
            }
            final String refusal = refusal(now, wanted, refs);
            return refusal != null ? refused(wanted, refusal) : narrow(refs, now, wanted);
        } finally {
            claiming.unlock();
        }
    }

    void giveBack(Field given) throws InterruptedException {
        claiming.lockInterruptibly();
        try {
            if (!claimed.contains(given)) {
                throw new IllegalArgumentException("allocator '" + spec.name() + "' did not claim " + given);
            }
            checkZero(given);
            final List<Field> rest = new ArrayList<>(claimed);
            rest.remove(given);
            final Field now = field;
            final Field wider = whole == null ? null : narrowedBy(whole, rest);
            if (now != null && wider != null && wider.bits() > now.bits() && !pages.isClosed() && !stuck) {
                widen(now, wider);
            }
            claimed = List.copyOf(rest);
        } finally {
            claiming.unlock();
        }
    }

    /** Runs something while no word is looked at here. */
    void whileUntouched(Runnable action) {
        synchronized (touching) {
            action.run();
        }
    }

    private PageFlagsLayout layout() {
        PageFlagsLayout layout = spec.layout();
        if (layout == null) {
            throw new IllegalArgumentException("allocator '" + spec.name() + "' has no flag words");
        }
        for (Field earlier : claimed) {
            layout = layout.with(earlier);
        }
        return layout;
    }

    private @Nullable String refusal(Field now, Field wanted, References refs) {
        final int left = wanted.shift() - now.shift();
        if (left < 2) {
            return "tags keep at least 2 bits, from bit " + now.shift() + " on; claim bits from " + (now.shift() + 2)
                    + " up";
        }
        if (quiescence() == null) {
            return "the allocator cannot quiesce: its PageFlagsLayout has no quiescence, so nobody knows when the last"
                    + " word with a tag in these bits has been stored";
        }
        if (stuck) {
            return "an earlier claim failed while references were moved";
        }
        if (pages.hasFailed()) {
            return "the store of these pages failed, and its references cannot be moved";
        }
        if (!refs.resize(now)) {
            return "the backend keeps its bits of the flag word as long as it is open";
        }
        return canMove ? null : withoutOverflow(narrowed(now, wanted).maxCode());
    }

    private @Nullable String withoutOverflow(int maxCode) {
        final int largest = pages.largestCodeInUse();
        return largest <= maxCode
                ? null
                : "a tag with id " + (largest - TagCodes.FIRST_TAG) + " is in use, which would not fit, and there is no"
                        + " overflow store; put codetag-pageext beside codetag-core and use another overflow policy"
                        + " than disable";
    }

    private BitClaim narrow(References refs, Field now, Field wanted) throws InterruptedException {
        final Field narrower = narrowed(now, wanted);
        boolean done = false;
        try {
            refs.beginMoving();
            pages.capacity(narrower.maxCode());
            if (canMove) {
                control.capacity(narrower.maxCode());
            }
            quiesce();
            final String late = canMove ? null : withoutOverflow(narrower.maxCode()); // a tag that has come meanwhile
            if (late != null) {
                return refused(wanted, late);
            }
            final long moved = canMove ? moveAll(refs) : 0;
            if (!pages.isClosed()) {
                resize(refs, narrower);
                control.capacity(narrower.maxCode());
                quiesce();
            }
            whileUntouched(() -> field = narrower); // who reads words by the wider field has ended
            done = true;
            final String what = "bits " + wanted.shift() + " to " + (wanted.shift() + wanted.bits() - 1)
                    + " of the flag word are '" + wanted.name() + "' now; tags have " + narrower.bits() + " bits, were "
                    + now.bits() + "; " + moved + " references moved";
            pages.yielded(what);
            return granted(wanted, moved, what);
        } finally {
            if (!stuck) {
                refs.endMoving();
                if (!done && !pages.isClosed()) {
                    resize(refs, now);
                    control.capacity(now.maxCode());
                    pages.capacity(now.maxCode());
                }
            }
        }
    }

    private void widen(Field now, Field wider) throws InterruptedException {
        final References refs = references;
        if (refs == null) {
            return;
        }
        resize(refs, wider);
        boolean done = false;
        try {
            quiesce();
            done = true;
        } finally {
            if (!done) {
                resize(refs, now);
            }
        }
        control.capacity(wider.maxCode());
        whileUntouched(() -> field = wider);
        pages.capacity(wider.maxCode());
        pages.widened("tags have " + wider.bits() + " bits of the flag word again, had " + now.bits());
    }

    private void resize(References refs, Field to) {
        refs.resize(to);
        control.field(to);
    }

    /** Moves references until a look at all words finds none. */
    private long moveAll(References refs) throws InterruptedException {
        long moved = 0;
        boolean found;
        do {
            found = false;
            for (long from = 0; from < pages.pageCount() && !pages.isClosed(); ) {
                final MovingPages batch = collect(refs, from);
                if (batch.count() == 0) {
                    break;
                }
                found = true;
                moved += move(refs, batch);
                from = batch.pfn(batch.count() - 1) + 1;
            }
        } while (found && !pages.isClosed());
        return moved;
    }

    private MovingPages collect(References refs, long from) {
        synchronized (touching) {
            final MovingPages none = new MovingPages(0);
            return pages.isClosed()
                    ? none
                    : refs.collectAbove(from, pages.pageCount(), (int) Math.min(BATCH, pages.pageCount()));
        }
    }

    private long move(References refs, MovingPages batch) throws InterruptedException {
        final Quiescence quiescence = quiescence();
        if (quiescence == null) {
            throw new IllegalStateException("no quiescence");
        }
        final ReferenceMover mover = refs.moverOf(batch, quiescence);
        stuck = true; // unless it ends well
        boolean interrupted = false;
        synchronized (touching) {
            if (!pages.isClosed()) {
                mover.begin();
            }
        }
        boolean settled = false;
        while (!settled) {
            interrupted |= mover.await();
            synchronized (touching) {
                settled = pages.isClosed() || mover.settle();
            }
        }
        stuck = false;
        if (interrupted) {
            throw new InterruptedException();
        }
        return mover.moved();
    }

    private void checkZero(Field given) {
        final FlagWords words = spec.flags();
        synchronized (touching) {
            for (long pfn = 0; words != null && !pages.isClosed() && pfn < pages.pageCount(); pfn++) {
                if (given.get(words.get(pfn)) != 0) {
                    throw new IllegalStateException("allocator '" + spec.name() + "' gives back " + given
                            + ", but these bits are not 0 in the word of page " + pfn);
                }
            }
        }
    }

    private void quiesce() throws InterruptedException {
        final Quiescence quiescence = quiescence();
        if (quiescence != null) {
            quiescence.quiesced();
        }
    }

    private @Nullable Quiescence quiescence() {
        final PageFlagsLayout layout = spec.layout();
        return layout == null ? null : layout.quiescence();
    }

    private BitClaim granted(Field wanted, long moved, String why) {
        final List<Field> more = new ArrayList<>(claimed);
        more.add(wanted);
        claimed = List.copyOf(more);
        return new BitClaim(wanted, true, moved, why);
    }

    private static BitClaim refused(Field wanted, String why) {
        return new BitClaim(wanted, false, 0, why);
    }

    private static Field narrowedBy(Field whole, List<Field> claims) {
        Field field = whole;
        for (Field claim : claims) {
            field = (field.mask() & claim.mask()) == 0 ? field : narrowed(field, claim);
        }
        return field;
    }

    private static Field narrowed(Field field, Field claim) {
        return new Field(field.name(), field.shift(), claim.shift() - field.shift());
    }
}
