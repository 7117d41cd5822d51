package io.codetag.core;

import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Accounting by {@code census}: nothing is counted on the way, the references are the ledger, and each reading looks at
 * all of them. The pages are held weakly, as they may be a plugin's: once they were collected nothing is known of them.
 */
final class CensusLedger implements Ledger {
    private volatile @Nullable WeakReference<AttachedPages> pages;

    /** What was live when the pages were closed. */
    private volatile @Nullable Reading last;

    void bind(AttachedPages attached) {
        pages = new WeakReference<>(attached);
    }

    /** Reads for the last time: the references are about to go. */
    void end() {
        try {
            last = read();
        } catch (OutOfMemoryError none) {
            last = Census.NOTHING;
        }
    }

    @Override
    public TagStripes stripes() {
        return NoStripes.INSTANCE;
    }

    @Override
    public Reading read() {
        final Reading ended = last;
        if (ended != null) {
            return ended;
        }
        final AttachedPages attached = attached();
        return attached == null ? Census.NOTHING : attached.sums().takeCensus();
    }

    /** Says whether any page has a reference. */
    boolean isLive() {
        final AttachedPages attached = attached();
        return last == null && attached != null && attached.sums().isAnyTagged();
    }

    /** Says how often references were exchanged; -1 if some are being exchanged. */
    long moves() {
        final AttachedPages attached = attached();
        return attached == null ? 0 : attached.sums().moves();
    }

    @Override
    public long bytesOccupied() {
        return 0;
    }

    private @Nullable AttachedPages attached() {
        final WeakReference<AttachedPages> reference = pages;
        return reference == null ? null : reference.get();
    }

    /** Stripes for taggers that never write one. */
    private static final class NoStripes extends TagStripes {
        private static final NoStripes INSTANCE = new NoStripes();

        private final TagStripe none = new TagStripe(0, true);

        @Override
        public boolean isCounting() {
            return false;
        }

        @Override
        public TagStripe current() {
            return none;
        }

        @Override
        public TagStripe lease() {
            return none;
        }

        @Override
        public void release(TagStripe stripe) {
            // nobody else has it
        }
    }
}
