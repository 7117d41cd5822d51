package io.codetag.soak;

import io.codetag.OverflowPolicy;
import io.codetag.PageTotals;
import io.codetag.allocator.PageAllocator;
import io.codetag.allocator.PageField;
import io.codetag.core.Profiler;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * An allocator of {@code tag-allocator} on which all owners work at the same time, while another thread claims bits of its
 * flag words and gives them back.
 */
final class SharedPages implements AutoCloseable {
    static final int MAX_ORDER = 5;

    private static final int PAGES = 4_096;
    private static final int PAGE = 64;

    /** What the allocator's own fields leave; tags keep two bits of it. */
    private static final int FREE_BITS = 59;

    private static final int TAG_BITS_KEPT = 2;

    private final PageAllocator pages;
    private final Tally tally;

    /** Read by owners while they use the field, written by the claiming thread to begin and to end that. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private @Nullable PageField field; // guarded by use
    private int claims;

    SharedPages(Profiler profiler, OverflowPolicy policy, Tally tally) {
        this.tally = tally;
        pages = PageAllocator.builder("shared " + policy, PAGES)
                .pageSize(PAGE)
                .maxOrder(MAX_ORDER)
                .metadataOnly()
                .attachedBy(profiler::attach)
                .space(profiler.space())
                .storage("pageflags")
                .overflow(policy)
                .build();
    }

    PageAllocator allocator() {
        return pages;
    }

    long bytes(int order) {
        return (long) PAGE << order;
    }

    /** Claims bits, or gives back those it has. By one thread. */
    void claimOrGiveBack(SplittableRandom random) {
        try {
            final PageField claimed = stopUse();
            if (claimed != null) {
                claimed.giveBack();
            } else if (random.nextInt(8) == 0) {
                claimTooMany(FREE_BITS - random.nextInt(TAG_BITS_KEPT));
            } else {
                claim(random.nextInt(4) == 0 ? 1 + random.nextInt(40) : 48 + random.nextInt(10));
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Returns the claimed field and lets nobody use it any more; null if none is claimed. */
    private @Nullable PageField stopUse() {
        use.writeLock().lock();
        try {
            final PageField claimed = field;
            field = null;
            return claimed;
        } finally {
            use.writeLock().unlock();
        }
    }

    private void claim(int bits) throws InterruptedException {
        final PageField claimed = pages.claimField("claim " + ++claims, bits);
        for (int look = 0; look < 3; look++) {
            for (long pfn = 0; pfn < PAGES; pfn++) {
                if (claimed.get(pfn) != 0) {
                    throw new IllegalStateException(claimed.bits() + " of page " + pfn + " have " + claimed.get(pfn)
                            + " right after the claim");
                }
            }
        }
        use.writeLock().lock();
        try {
            field = claimed;
        } finally {
            use.writeLock().unlock();
        }
        tally.claims.increment();
    }

    private void claimTooMany(int bits) throws InterruptedException {
        try {
            pages.claimField("claim " + ++claims, bits);
        } catch (IllegalStateException refused) {
            tally.refusals.increment();
            return;
        }
        throw new IllegalStateException("a claim of " + bits + " bits was granted, which leaves no two for tags");
    }

    /** Writes the claimed bits of a block's first page, or looks whether they still are what its owner wrote. */
    void mark(SharedBlock block, long value) {
        if (use.readLock().tryLock()) {
            try {
                final PageField current = field;
                if (current != null) {
                    check(block, current);
                    block.value = value & (-1L >>> (Long.SIZE - current.bits().bits()));
                    block.field = current;
                    current.set(block.pfn, block.value);
                }
            } finally {
                use.readLock().unlock();
            }
        }
    }

    private static void check(SharedBlock block, PageField current) {
        if (block.field == current && current.get(block.pfn) != block.value) {
            throw new IllegalStateException(current.bits() + " of page " + block.pfn + " have " + current.get(block.pfn)
                    + ", but their owner wrote " + block.value);
        }
    }

    /** Returns how far the tagger is from what the owners have live, in bytes and calls. */
    long drift(long bytes, long calls) {
        final PageTotals totals = pages.tagger().totals();
        final long untracked = pages.allocatedBytes() - bytes;
        return Math.abs(totals.bytes() - bytes)
                + Math.abs(totals.calls() - calls)
                + Math.abs(totals.untracked().orElse(untracked) - untracked);
    }

    @Override
    public void close() {
        try {
            final PageField claimed = stopUse();
            if (claimed != null) {
                claimed.giveBack();
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        pages.close();
    }
}
