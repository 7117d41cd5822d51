package io.codetag.allocator;

import io.codetag.PageTagger;
import io.codetag.spi.TagStripe;
import java.lang.ref.WeakReference;

/**
 * The fields of a cache, on lines of their own. Its owner reads all of them and writes {@code inside} twice for each
 * block; others write {@code shut} when the allocator runs out of pages, and {@code taken} only if the cache is shared.
 *
 * <pre>
 *   slots:  | 128 bytes | order 0: count, 128 pfns, capacity, 6 unused | order 1: … | … | 128 bytes |
 * </pre>
 */
abstract class PageCacheFields extends PageCacheFront {
    /** The most blocks of one order, and the most pages, that a cache holds. */
    static final int MAX_BLOCKS = 128;

    static final int SLOTS_FRONT = 16;
    static final int SLOTS_STRIDE = 136; // the count, the pfns, the capacity, and then to a multiple of 64 bytes
    static final int CAPACITY = MAX_BLOCKS + 1;

    /** 1 while the owner is inside, else 0: a flag, since a number that is counted up would be a chain of loads. */
    int inside;

    /** 1 keeps the owner out, 0 does not. */
    int shut;

    /** Of a shared cache: some thread owns it at the moment. */
    boolean taken;

    final boolean shared;
    final int orders;
    final long[] slots;
    final PageWords words;
    final PageTagger tagger;
    final TagStripe stripe;

    /** How many blocks the next refill of an order asks for. */
    final byte[] batches;

    final PageCaches caches;

    /** The thread, or the handle, that owns this cache. */
    final WeakReference<?> owner;

    PageCacheFields(PageCaches caches, WeakReference<?> owner, boolean shared) {
        this.shared = shared;
        this.orders = caches.orders();
        this.slots = new long[2 * SLOTS_FRONT + orders * SLOTS_STRIDE];
        for (int order = 0; order < orders; order++) {
            slots[base(order) + CAPACITY] = caches.budgetPages() >> order;
        }
        this.words = caches.words();
        this.tagger = caches.tags().tagger();
        this.stripe = caches.tags().lease();
        this.batches = new byte[orders];
        this.caches = caches;
        this.owner = owner;
    }

    /** Returns where the slots of an order begin, with their count. */
    static int base(int order) {
        return SLOTS_FRONT + order * SLOTS_STRIDE;
    }
}
