package com.acme.pool;

import io.codetag.AllocTag;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;

/**
 * An allocator of another project that stores its flag words itself: bit 0 says that a block begins here, bits 1 to 5
 * its order. Who calls it names the pages.
 */
public final class StampPool {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;
    private final PageTagger tagger;

    public StampPool(int pages, int maxOrder, boolean byWord, Function<PageSpec, PageTagger> attach) {
        words = new long[pages];
        final PageFlagsLayout layout = PageFlagsLayout.builder()
                .field("allocated", 0, 1)
                .field("order", 1, 5)
                .build();
        final PageSpec.Builder spec = PageSpec.builder("stamp pool", pages, 4096)
                .maxOrder(maxOrder)
                .allocatorPackage("com.acme.pool")
                .flags(FlagWords.of(words), layout);
        tagger = attach.apply((byWord
                        ? spec.wordOrders(StampPool::orderOf)
                        : spec.orders(pfn -> orderOf((long) WORD.getAcquire(words, (int) pfn))))
                .build());
    }

    public PageTagger tagger() {
        return tagger;
    }

    public void allocate(int pfn, int order, AllocTag tag) {
        store(pfn, tagger.stamp(pfn, order, allocated(words[pfn], order), tag));
    }

    /** Allocates a block; something may happen before its word is stored. */
    public void allocate(int pfn, int order, AllocTag tag, Runnable beforeStore) {
        final long word = tagger.stamp(pfn, order, allocated(words[pfn], order), tag);
        beforeStore.run();
        store(pfn, word);
    }

    public void free(int pfn) {
        final int order = orderOf(words[pfn]);
        store(pfn, tagger.unstamp(pfn, order, words[pfn] & ~0x3FL));
    }

    public void split(int pfn, int newOrder) {
        final int order = orderOf(words[pfn]);
        for (int piece = pfn + (1 << newOrder); piece < pfn + (1 << order); piece += 1 << newOrder) {
            store(piece, tagger.copyStamp(pfn, words[pfn], piece, newOrder, allocated(words[piece], newOrder)));
        }
        tagger.restamp(pfn, order, newOrder, words[pfn]);
        store(pfn, allocated(words[pfn], newOrder));
    }

    /** Puts a block at other, free pages. */
    public void move(int newPfn, int oldPfn) {
        final int order = orderOf(words[oldPfn]);
        tagger.swap(newPfn, oldPfn, order);
        store(newPfn, allocated(words[newPfn], order));
        store(oldPfn, words[oldPfn] & ~0x3FL);
    }

    /** Returns whether no word has anything in it. */
    public boolean isClean() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    private void store(int pfn, long word) {
        WORD.setRelease(words, pfn, word);
    }

    private static long allocated(long word, int order) {
        return (word & ~0x3FL) | 1 | ((long) order << 1);
    }

    private static int orderOf(long word) {
        return (word & 1) == 0 ? -1 : (int) (word >>> 1) & 0x1F;
    }
}
