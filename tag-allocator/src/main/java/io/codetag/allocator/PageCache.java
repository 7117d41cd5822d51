package io.codetag.allocator;

import static io.codetag.allocator.PageAllocator.NO_PAGE;

import io.codetag.AllocTag;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;

/**
 * Some free blocks of each small order for one owner, who hands them out and takes them back without a lock and without
 * an atomic instruction. The last one that came is the first that goes. What is missing or too much is fetched from and
 * given to the blocks behind the lock, several at a time.
 *
 * <p>A block in here is free like any other, as its flag word says. A method that finds nothing to do here says so, and
 * the caller goes to the lock.
 *
 * <p><b>Thread safety.</b> One owner at a time. When the allocator runs out of pages, another thread takes the blocks
 * out:
 *
 * <pre>
 *   owner                                  other thread
 *   inside := 1                            shut := 1
 *   shut? then inside := 0, go away        make every thread pass a safepoint
 *   … slots, flag word, counters …         wait until inside is 0
 *   inside := 0                            … slots …
 * </pre>
 *
 * Between its first two steps the owner would need a fence; the safepoint stands in for it, and costs those who make it
 * instead of the owner. See docs/decisions/0008.
 */
final class PageCache extends PageCacheBack {
    /**
     * Three times the pages whose references share 64 bytes if a page extension keeps them. Where the pages of two caches
     * meet, a line has words of both; who uses 64 of these leaves one line's worth between itself and the next.
     */
    private static final int FETCHED_PAGES = 3 * 32;

    private static final VarHandle INSIDE;
    private static final VarHandle SHUT;
    private static final VarHandle TAKEN;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            INSIDE = lookup.findVarHandle(PageCacheFields.class, "inside", int.class);
            SHUT = lookup.findVarHandle(PageCacheFields.class, "shut", int.class);
            TAKEN = lookup.findVarHandle(PageCacheFields.class, "taken", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    PageCache(PageCaches caches, WeakReference<?> owner, boolean shared) {
        super(caches, owner, shared);
    }

    /**
     * Hands out a block and charges it to a tag.
     *
     * @return its first page; {@link PageAllocator#NO_PAGE} if there is none here
     */
    long allocate(int order, AllocTag tag) {
        if (Integer.compareUnsigned(order, orders) >= 0 || !enter()) {
            return NO_PAGE;
        }
        try {
            final long[] array = slots;
            final int base = base(order);
            int count = (int) array[base];
            if (count == 0) {
                count = refill(order);
                if (count == 0) {
                    return NO_PAGE;
                }
            }
            SLOT.setOpaque(array, base, (long) count - 1);
            final long pfn = array[base + count] & Long.MAX_VALUE; // none is negative, which spares the JIT a test
            final long[] chunk = words.ensure(pfn);
            final long word = PageWord.allocated(PageWords.getOpaque(chunk, pfn), order);
            PageWords.setRelease(chunk, pfn, BlockTags.handOut(tagger, stripe, pfn, order, word, tag));
            return pfn;
        } finally {
            leave();
        }
    }

    /**
     * Takes a block back and credits its tag.
     *
     * @return whether it was one that belongs here; if not, nothing has changed
     */
    boolean free(long pfn) {
        if (!words.contains(pfn) || !enter()) {
            return false;
        }
        try {
            final long[] chunk = words.chunkAcquire(pfn);
            final long word = chunk == null ? 0 : PageWords.getOpaque(chunk, pfn);
            final int order = PageWord.order(word);
            if (chunk == null || Integer.compareUnsigned(order, orders) >= 0) { // also -1: no block begins here
                return false;
            }
            PageWords.setRelease(chunk, pfn, BlockTags.takeBack(tagger, stripe, pfn, order, PageWord.freed(word)));
            push(pfn, order);
            return true;
        } finally {
            leave();
        }
    }

    /** Returns the pages in here; any thread may ask. */
    long cachedPages() {
        long pages = 0;
        for (int order = 0; order < orders; order++) {
            pages += countOpaque(order) << order;
        }
        return pages;
    }

    /** Makes a thread the owner of a shared cache, unless another one is. */
    boolean tryOwn() {
        return !(boolean) TAKEN.getOpaque(this) && TAKEN.compareAndSet(this, false, true);
    }

    /** Ends what {@link #tryOwn} began. */
    void disown() {
        TAKEN.setRelease(this, false);
    }

    /** Says that nobody can ever be the owner again; what the last one did happened before then. */
    boolean isAbandoned() {
        final Object object = owner.get();
        return !shared && (object == null || (object instanceof Thread thread && !thread.isAlive()));
    }

    boolean isOwnedBy(Thread thread) {
        return !shared && owner.get() == thread;
    }

    /** Keeps the owner out, or lets it in again. Who gives it back has left the slots as they are to be found. */
    void setShut(boolean keptOut) {
        SHUT.setVolatile(this, keptOut ? 1 : 0);
    }

    /** Says whether the owner is inside; what it did before it left is visible to who sees that it is not. */
    boolean isInsideAcquire() {
        return (int) INSIDE.getAcquire(this) != 0;
    }

    /** Gives all blocks back to those behind the lock, and returns their pages. Only for whoever owns this cache. */
    long drain() {
        long pages = 0;
        for (int order = 0; order < orders; order++) {
            final int base = base(order);
            final int count = (int) slots[base];
            caches.blocks().giveBack(order, slots, base + 1, count);
            setCountOpaque(base, 0);
            batches[order] = 0;
            pages += (long) count << order;
        }
        return pages;
    }

    private boolean enter() {
        final int already = inside;
        INSIDE.setOpaque(this, 1);
        return ((int) SHUT.getAcquire(this) | already) == 0 || stayOut(already);
    }

    private boolean stayOut(int already) {
        if (already == 0) { // if not: first use of a tag walks the stack, and that may allocate from here
            leave();
            caches.reopenIfDue();
        }
        return false;
    }

    private void leave() {
        INSIDE.setRelease(this, 0);
    }

    private void push(long pfn, int order) {
        final long[] array = slots;
        final int base = base(order);
        int count = (int) array[base];
        if (count >= (int) array[base + CAPACITY]) {
            count = spill(order, count);
        }
        array[base + count + 1] = pfn;
        SLOT.setOpaque(array, base, (long) count + 1);
    }

    /**
     * Fetches some blocks and returns how many. Where a cache holds less, few at first, and twice as many each time: who
     * needs few does not hoard.
     */
    private int refill(int order) {
        final int base = base(order);
        final int budget = caches.budgetPages();
        final int first = Math.max(1, (budget == MAX_BLOCKS ? FETCHED_PAGES : budget / 8) >> order);
        final int wanted = Math.max(first, Math.min((int) slots[base + CAPACITY] / 2, batches[order] << 1));
        batches[order] = (byte) wanted;
        final int found = caches.blocks().fetch(order, slots, base + 1, wanted);
        setCountOpaque(base, found);
        return found;
    }

    /** Gives the half that has been here longest back, and returns how many are left. */
    private int spill(int order, int count) {
        final int half = (count + 1) / 2;
        final int left = count - half;
        final int first = base(order) + 1;
        caches.blocks().giveBack(order, slots, first, half);
        System.arraycopy(slots, first + half, slots, first, left);
        setCountOpaque(first - 1, left);
        return left;
    }

    private void setCountOpaque(int base, int count) {
        SLOT.setOpaque(slots, base, (long) count);
    }

    private long countOpaque(int order) {
        return (long) SLOT.getOpaque(slots, base(order));
    }
}
