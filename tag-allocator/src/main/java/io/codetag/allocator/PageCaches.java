package io.codetag.allocator;

import static io.codetag.allocator.PageAllocator.NO_PAGE;

import io.codetag.AllocTag;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The caches in front of the blocks: who has which, and how they are emptied.
 *
 * <pre>
 *   exclusive:  one for each platform thread, while there are not too many, and for each handle;
 *               emptied when its owner is gone and the next one comes
 *   shared:     at most as many as CPUs, for virtual threads and for threads that came too late;
 *               owned for one block at a time
 * </pre>
 *
 * <p>When there is no block left behind the lock, all caches are emptied, and stay shut for a while: an allocator at its
 * limit is served behind the lock, where nothing is hoarded, instead of emptying caches at every request.
 *
 * <p><b>Thread safety.</b> Safe. A thread that has a {@link Seat} finds its cache without a lock; who joins, goes, shuts and
 * empties is ordered by the registry's lock, taken before that of the blocks and never inside a cache.
 */
final class PageCaches {
    /** How long caches stay shut. */
    private static final long SHUT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How long to wait for owners to leave, which take microseconds unless they are held up or bring pages into use. */
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What a cache may hold of one order, at 512 KiB; and no more than this part of all pages. */
    private static final int MAX_BYTES_SHIFT = 19;

    private static final int POOL_SHARE_SHIFT = 7;

    private static final WeakReference<?> NOBODY = new WeakReference<>(null);
    private static final int CPUS = Runtime.getRuntime().availableProcessors();
    private static final int MAX_THREAD_CACHES = 4 * CPUS;

    /** Places for the caches of threads: so many that few threads find theirs taken. */
    private static final int PLACES = Integer.highestOneBit(32 * MAX_THREAD_CACHES - 1);

    private static final int SHARED_PROBES = 2;

    private final Blocks blocks;
    private final PageWords words;
    private final BlockTags tags;
    private final int budgetPages;
    private final long shutNanos;
    private final int orders;
    private final ReentrantLock registry = new ReentrantLock();
    private final AtomicReferenceArray<@Nullable PageCache> shared;

    /** Set for a thread that came too late. */
    @SuppressWarnings("ThreadLocalUsage") // one for each allocator, with which it goes
    private final ThreadLocal<Boolean> late = new ThreadLocal<>();

    /** Every cache there is; replaced, never changed. Written under the registry's lock. */
    private volatile PageCache[] all = {};

    /**
     * The threads that have one: found by fewer loads than through a {@code ThreadLocal}, and in less code. Replaced, never
     * changed. Written under the registry's lock.
     */
    private volatile @Nullable Seat[] seats = new Seat[1];

    private boolean shut; // guarded by registry
    private long shutAtNanos; // guarded by registry
    private boolean closed; // guarded by registry

    /** How often the caches have been emptied. Written under the registry's lock. */
    private volatile long drains;

    PageCaches(Blocks blocks, PageWords words, BlockTags tags, int pageSize, int maxOrder) {
        this(blocks, words, tags, pageSize, maxOrder, SHUT_NANOS);
    }

    /** Chooses how long caches stay shut: for tests. */
    PageCaches(Blocks blocks, PageWords words, BlockTags tags, int pageSize, int maxOrder, long shutNanos) {
        this.shutNanos = shutNanos;
        this.blocks = blocks;
        this.words = words;
        this.tags = tags;
        final int byteShift = MAX_BYTES_SHIFT - Integer.numberOfTrailingZeros(pageSize);
        final long most = Math.min(PageCacheFields.MAX_BLOCKS, words.size() >> POOL_SHARE_SHIFT);
        this.budgetPages = (int) Math.min(most, byteShift < 0 ? 0 : 1L << byteShift);
        int count = 0;
        while (count <= maxOrder && budgetPages >> count >= 2) {
            count++;
        }
        this.orders = count;
        this.shared = new AtomicReferenceArray<>(Integer.highestOneBit(2 * CPUS - 1));
    }

    /** Returns how many orders, from 0 on, are cached: those of which a cache may hold two blocks. */
    int orders() {
        return orders;
    }

    /** Returns the most pages that a cache holds of one order. */
    int budgetPages() {
        return budgetPages;
    }

    Blocks blocks() {
        return blocks;
    }

    PageWords words() {
        return words;
    }

    BlockTags tags() {
        return tags;
    }

    long allocate(int order, AllocTag tag) {
        final PageCache cache = ofThread();
        final long pfn = cache != null ? cache.allocate(order, tag) : allocateShared(order, tag);
        return pfn != NO_PAGE ? pfn : allocateBehind(order, tag);
    }

    void free(long pfn) {
        final PageCache cache = ofThread();
        if (!(cache != null ? cache.free(pfn) : freeShared(pfn))) {
            blocks.free(pfn);
        }
    }

    /** Hands out a block behind the lock; before it says that there is none, the caches are empty. */
    long allocateBehind(int order, AllocTag tag) {
        long seen;
        long pfn;
        do {
            seen = drains;
            pfn = blocks.allocate(order, tag);
        } while (pfn == NO_PAGE && drain(seen));
        return pfn;
    }

    /** Moves a block; before it says that there is no room, the caches are empty. */
    long migrate(long pfn) {
        long seen;
        long target;
        do {
            seen = drains;
            target = blocks.migrate(pfn);
        } while (target == NO_PAGE && drain(seen));
        return target;
    }

    /** Returns the pages of allocated blocks; exact if no block changes hands meanwhile. */
    long allocatedPages() {
        return Math.max(0, blocks.takenPages() - cachedPages());
    }

    long cachedPages() {
        long pages = 0;
        for (PageCache cache : all) {
            pages += cache.cachedPages();
        }
        return pages;
    }

    /** Returns how often the caches have been emptied. */
    long drains() {
        return drains;
    }

    /** Returns how many caches there are. */
    int count() {
        return all.length;
    }

    /** Makes a cache for a handle. */
    PageCache create(LocalPages handle) {
        registry.lock();
        try {
            blocks.checkOpen();
            dropAbandoned();
            return add(new PageCache(this, new WeakReference<>(handle), false), null);
        } finally {
            registry.unlock();
        }
    }

    /** Empties the cache of a handle and forgets it; on its owner's thread. */
    void retire(PageCache cache) {
        registry.lock();
        try {
            if (Arrays.asList(all).contains(cache)) {
                cache.setShut(true);
                remove(cache);
            }
        } finally {
            registry.unlock();
        }
    }

    /** Lets the owners in again if caches have been shut for long enough; on a thread that found its own shut. */
    void reopenIfDue() {
        if (registry.tryLock()) {
            try {
                if (System.nanoTime() - shutAtNanos > shutNanos) {
                    reopen();
                }
            } finally {
                registry.unlock();
            }
        }
    }

    /** Lets the owners in again. */
    void reopen() {
        registry.lock();
        try {
            if (shut && !closed) {
                setAllShut(false);
            }
        } finally {
            registry.unlock();
        }
    }

    /** Waits until every operation that began before this call, inside a cache or behind the lock, has ended. */
    void awaitQuiescence() throws InterruptedException {
        blocks.awaitLock();
        Stillness.await(all);
    }

    /** Keeps everybody out, empties the caches, and has what is live credited. */
    void close() {
        registry.lock();
        try {
            if (!blocks.close()) {
                return;
            }
            closed = true;
            setAllShut(true);
            for (PageCache cache : Stillness.reach(all, CLOSE_NANOS)) {
                remove(cache);
            }
        } finally {
            registry.unlock();
        }
        blocks.drop();
    }

    /**
     * Empties the caches, so that their blocks can be had and merge again.
     *
     * @param seen the number of drains before there was no block
     * @return whether it is worth while to try again
     */
    boolean drain(long seen) {
        registry.lock();
        try {
            if (drains != seen) {
                return true; // somebody else did
            }
            long pages = dropAbandoned() + drainOwn();
            if (pages == 0 && cachedPages() != 0) {
                setAllShut(true);
                for (PageCache cache : Stillness.reach(all, DRAIN_NANOS)) {
                    pages += cache.drain();
                }
                shutAtNanos = System.nanoTime();
            }
            if (pages > 0) {
                drains = seen + 1;
            }
            return pages > 0;
        } finally {
            registry.unlock();
        }
    }

    private @Nullable PageCache ofThread() {
        final Thread thread = Thread.currentThread();
        final PageCache cache = Seat.atHome(seats, thread);
        return cache != null ? cache : findOrEnlist(thread);
    }

    private @Nullable PageCache findOrEnlist(Thread thread) {
        if (orders == 0 || Threads.currentIsVirtual()) {
            return null;
        }
        try {
            final PageCache cache = Seat.find(seats, thread);
            return cache != null || late.get() != null ? cache : enlist(thread, Seat.home(thread));
        } catch (OutOfMemoryError none) { // behind the lock it needs no heap
            return null;
        }
    }

    private @Nullable PageCache enlist(Thread thread, int home) {
        registry.lock();
        try {
            dropAbandoned();
            for (PageCache cache : all) {
                if (cache.isOwnedBy(thread)) { // says another id than before
                    return cache;
                }
            }
            if (closed || threadCaches() >= MAX_THREAD_CACHES) {
                late.set(true);
                return null;
            }
            final PageCache cache = new PageCache(this, new WeakReference<>(thread), false);
            return add(cache, new Seat(thread, home, cache));
        } finally {
            registry.unlock();
        }
    }

    private long allocateShared(int order, AllocTag tag) {
        final PageCache cache = ownShared();
        if (cache == null) {
            return NO_PAGE;
        }
        try {
            return cache.allocate(order, tag);
        } finally {
            cache.disown();
        }
    }

    private boolean freeShared(long pfn) {
        final PageCache cache = ownShared();
        if (cache == null) {
            return false;
        }
        try {
            return cache.free(pfn);
        } finally {
            cache.disown();
        }
    }

    /** Returns a shared cache that the thread owns from now on; null if those it looks at have owners. */
    private @Nullable PageCache ownShared() {
        final int first = (int) Thread.currentThread().getId();
        for (int probe = first; orders > 0 && probe < first + SHARED_PROBES; probe++) {
            final int index = probe & (shared.length() - 1);
            final PageCache found = shared.getAcquire(index);
            final PageCache cache = found != null ? found : createShared(index);
            if (cache != null && cache.tryOwn()) {
                return cache;
            }
        }
        return null;
    }

    private @Nullable PageCache createShared(int index) {
        registry.lock();
        try {
            if (!closed && shared.getPlain(index) == null) {
                shared.setRelease(index, add(new PageCache(this, NOBODY, true), null));
            }
            return shared.getPlain(index);
        } catch (OutOfMemoryError none) {
            return null;
        } finally {
            registry.unlock();
        }
    }

    /** Adds a cache, and the seat of its thread if it is a thread's; changes nothing if there is no memory. */
    private PageCache add(PageCache cache, @Nullable Seat seat) {
        boolean added = false;
        try {
            final PageCache[] more = Arrays.copyOf(all, all.length + 1);
            more[all.length] = cache;
            cache.setShut(shut);
            if (seat != null) {
                seats = Seat.with(seats, seat, PLACES);
            }
            all = more;
            added = true;
            return cache;
        } finally {
            if (!added) {
                tags.release(cache.stripe);
            }
        }
    }

    /** Empties a cache that nobody is in, and forgets it; without memory for that it is tried again with the next. */
    private long remove(PageCache cache) {
        final long pages = cache.drain();
        try {
            final PageCache[] others =
                    Arrays.stream(all).filter(other -> other != cache).toArray(PageCache[]::new);
            seats = Seat.without(seats, cache);
            all = others;
        } catch (OutOfMemoryError none) {
            return pages;
        }
        tags.release(cache.stripe);
        return pages;
    }

    private long dropAbandoned() {
        long pages = 0;
        for (PageCache cache : all) {
            if (cache.isAbandoned()) {
                pages += remove(cache);
            }
        }
        return pages;
    }

    private long drainOwn() {
        long pages = 0;
        for (PageCache cache : all) {
            if (cache.isOwnedBy(Thread.currentThread()) && !cache.isInsideAcquire()) {
                pages += cache.drain();
            }
        }
        return pages;
    }

    private int threadCaches() {
        int count = 0;
        for (PageCache cache : all) {
            if (cache.owner.get() instanceof Thread) {
                count++;
            }
        }
        return count;
    }

    private void setAllShut(boolean keptOut) {
        shut = keptOut;
        for (PageCache cache : all) {
            cache.setShut(keptOut);
        }
    }
}
