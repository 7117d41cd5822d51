package io.codetag.soak;

import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import io.codetag.TagScope;
import io.codetag.core.Profiler;
import io.codetag.spi.TagCodes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An allocator without memory, its tagger, and what the model says of each of its blocks. One thread's. */
final class Pool implements AutoCloseable {
    static final int PAGE = 4_096;
    static final int MAX_ORDER = 5;
    static final int MAX_PAGES = 1_024;

    /** What the allocator keeps in its own bits of each word; never to be changed by anyone. */
    private static final long OWN = 0xA5;

    private static final int OWN_BITS = 8;

    private final Profiler profiler;
    private final PoolKind kind;
    private final PageTagger tagger;
    private final long[] words = new long[MAX_PAGES];
    private final int[] orders = new int[MAX_PAGES];
    private final @Nullable TagModel[] tags = new @Nullable TagModel[MAX_PAGES];
    private final int maxCode;
    private final PoolClaims claims;
    private int pages = MAX_PAGES / 2;
    private long bytes;
    private long calls;
    private long allocated;

    Pool(Profiler profiler, PoolKind kind, String name, Tally tally) {
        this.profiler = profiler;
        this.kind = kind;
        Arrays.fill(words, OWN);
        Arrays.fill(orders, -1);
        final PageSpec.Builder spec = PageSpec.builder(name, pages, PAGE)
                .maxOrder(MAX_ORDER)
                .storage(kind.storage())
                .overflow(kind.policy())
                .orders(pfn -> orders[(int) pfn]);
        if (kind.bits() > 0) {
            spec.flags(
                    FlagWords.of(words),
                    PageFlagsLayout.builder()
                            .field("own", 0, OWN_BITS)
                            .field("above", OWN_BITS + kind.bits(), 56 - kind.bits())
                            .quiescence(() -> {}) // who claims is the only one who records here
                            .build());
        }
        tagger = profiler.attach(spec.build());
        maxCode = tagger.storage().addressableTags() + TagCodes.FIRST_TAG - 1;
        claims = new PoolClaims(tagger, words, OWN_BITS, kind.bits(), tally);
    }

    PageTagger tagger() {
        return tagger;
    }

    int pages() {
        return pages;
    }

    boolean isFree(int pfn, int order) {
        if (pfn + (1 << order) > pages) {
            return false;
        }
        for (int page = Math.max(0, pfn - (1 << MAX_ORDER)); page < pfn + (1 << order); page++) {
            if (orders[page] >= 0 && page + (1 << orders[page]) > pfn) {
                return false;
            }
        }
        return true;
    }

    /** Returns the order of the block that begins at a page; -1 if none does. */
    int orderAt(int pfn) {
        return orders[pfn];
    }

    /** Allocates; by way of a scope if wanted. Says whether it is recorded by what the policy and the switch say. */
    void allocate(int pfn, int order, TagModel tag, boolean recording, boolean scoped) {
        final boolean recorded = recording && admits(tag);
        orders[pfn] = order;
        if (kind.fused()) {
            words[pfn] = tagger.stamp(pfn, order, words[pfn], tag.handle());
        } else if (scoped) {
            scoped(pfn, order, tag);
        } else {
            tagger.add(pfn, order, tag.handle());
        }
        allocated += size(order);
        tags[pfn] = recorded ? tag : null;
        if (recorded) {
            count(tag, size(order), 1);
        } else if (recording && kind.policy() == OverflowPolicy.DISABLE) {
            profiler.flush(); // the policy is decided on the daemon thread
        }
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private void scoped(int pfn, int order, TagModel tag) {
        try (TagScope scope = tag.handle().enter()) {
            tagger.add(pfn, order);
        }
    }

    private boolean admits(TagModel tag) {
        return kind.policy() != OverflowPolicy.DISABLE
                || (tag.code <= maxCode && tagger.storage().disabledReason() == null);
    }

    void free(int pfn) {
        final int order = orders[pfn];
        if (kind.fused()) {
            words[pfn] = tagger.unstamp(pfn, order, words[pfn]);
        } else {
            tagger.sub(pfn, order);
        }
        orders[pfn] = -1;
        allocated -= size(order);
        forget(pfn, order);
    }

    private void forget(int pfn, int order) {
        final TagModel tag = tags[pfn];
        tags[pfn] = null;
        if (tag != null) {
            count(tag, -size(order), -1);
        }
    }

    void split(int pfn, int newOrder) {
        final int oldOrder = orders[pfn];
        final int step = 1 << newOrder;
        if (kind.fused()) {
            for (int piece = pfn + step; piece < pfn + (1 << oldOrder); piece += step) {
                words[piece] = tagger.copyStamp(pfn, words[pfn], piece, newOrder, words[piece]);
            }
            tagger.restamp(pfn, oldOrder, newOrder, words[pfn]);
        } else {
            tagger.split(pfn, oldOrder, newOrder);
        }
        final TagModel tag = tags[pfn];
        for (int piece = pfn; piece < pfn + (1 << oldOrder); piece += step) {
            orders[piece] = newOrder;
            tags[piece] = tag;
        }
        if (tag != null) {
            count(tag, 0, (1L << (oldOrder - newOrder)) - 1);
        }
    }

    void trim(int pfn, int newOrder) {
        final int oldOrder = orders[pfn];
        if (kind.fused()) {
            tagger.restamp(pfn, oldOrder, newOrder, words[pfn]);
        } else {
            tagger.trim(pfn, oldOrder, newOrder);
        }
        orders[pfn] = newOrder;
        allocated -= size(oldOrder) - size(newOrder);
        final TagModel tag = tags[pfn];
        if (tag != null) {
            count(tag, size(newOrder) - size(oldOrder), 0);
        }
    }

    /** Moves a block to free pages, or exchanges it with another one of its order. */
    void swap(int newPfn, int oldPfn) {
        final int order = orders[oldPfn];
        tagger.swap(newPfn, oldPfn, order);
        final TagModel tag = tags[oldPfn];
        tags[oldPfn] = tags[newPfn];
        tags[newPfn] = tag;
        orders[oldPfn] = orders[newPfn];
        orders[newPfn] = order;
    }

    void clear(int pfn) {
        final int order = orders[pfn];
        tagger.clear(pfn, order);
        forget(pfn, order);
    }

    void grow(int more) {
        pages = Math.min(MAX_PAGES, pages + more);
        tagger.grow(pages);
    }

    /** Claims bits or gives them back; not where tags may be refused for want of an overflow store. */
    void claimOrGiveBack(SplittableRandom random) {
        if (kind.policy() != OverflowPolicy.DISABLE) {
            claims.claimOrGiveBack(random);
        }
    }

    /** Does what an allocator must not: it is ignored. Returns how many wrong calls there were. */
    int misuse(int pfn, TagModel tag) {
        tagger.sub(-1, 0);
        tagger.add(pages, 0, tag.handle());
        tagger.add(0, MAX_ORDER + 1, tag.handle());
        tagger.split(0, 0, 3);
        if (orders[pfn] < 0 && isFree(pfn, 0) && !kind.fused()) {
            tagger.sub(pfn, 0);
        }
        return 5;
    }

    /** Returns how far the tagger is from the model, in bytes and calls, for a message. */
    long drift() {
        final PageTotals totals = tagger.totals();
        long drift = Math.abs(totals.bytes() - bytes) + Math.abs(totals.calls() - calls);
        if (totals.untracked().isPresent()) {
            drift += Math.abs(totals.untracked().getAsLong() - (allocated - bytes));
        }
        return drift + claims.drift(OWN);
    }

    /** Closes the tagger, which credits what is live. */
    @Override
    public void close() {
        tagger.close();
        for (int pfn = 0; pfn < pages; pfn++) {
            if (orders[pfn] >= 0) {
                forget(pfn, orders[pfn]);
            }
        }
    }

    private void count(TagModel tag, long moreBytes, long moreCalls) {
        tag.add(moreBytes, moreCalls);
        bytes += moreBytes;
        calls += moreCalls;
    }

    private static long size(int order) {
        return (long) PAGE << order;
    }
}
