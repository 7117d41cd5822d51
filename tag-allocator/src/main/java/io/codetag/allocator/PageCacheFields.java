package io.codetag.allocator;

import io.codetag.spi.TagStripe;
import java.lang.ref.WeakReference;

/**
 * The fields of a cache, on lines of their own. Its owner reads all of them and writes {@code inside} twice for each
 * block; others write {@code shut} when the allocator runs out of pages, and {@code taken} only if the cache is shared.
 *
 * <pre>
 *   slots:  | 128 bytes | order 0: count, 64 pfns, 7 unused | order 1: … | … | 128 bytes |
 * </pre>
 */
abstract class PageCacheFields extends PageCacheFront {
    /** The most blocks of one order that a cache holds. */
    static final int MAX_BLOCKS = 64;

    static final int SLOTS_FRONT = 16;
    static final int SLOTS_STRIDE = 72; // the count, the pfns, and then to a multiple of 64 bytes

    /** 1 while the owner is inside, else 0: a flag, since a number that is counted up would be a chain of loads. */
    int inside;

    /** 1 keeps the owner out, 0 does not. */
    int shut;

    /** Of a shared cache: some thread owns it at the moment. */
    boolean taken;

    final boolean shared;
    final int orders;
    final int budgetPages;
    final long[] slots;
    final PageWords words;
    final BlockTags tags;
    final TagStripe stripe;

    /** How many blocks the next refill of an order asks for. */
    final byte[] batches;

    final PageCaches caches;

    /** The thread, or the handle, that owns this cache. */
    final WeakReference<?> owner;

    PageCacheFields(PageCaches caches, WeakReference<?> owner, boolean shared) {
        this.shared = shared;
        this.orders = caches.orders();
        this.budgetPages = caches.budgetPages();
        this.slots = new long[2 * SLOTS_FRONT + orders * SLOTS_STRIDE];
        this.words = caches.words();
        this.tags = caches.tags();
        this.stripe = tags.lease();
        this.batches = new byte[orders];
        this.caches = caches;
        this.owner = owner;
    }
}
