package io.codetag.allocator;

import io.codetag.AllocTag;
import io.codetag.spi.TagStripe;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who has what, behind the lock: takes blocks off the free ones, keeps their flag words and their references, and takes
 * them back. Fills and empties the caches, whose owners then do the same without it.
 *
 * <p><b>Thread safety.</b> Safe: one lock around every change. A flag word is read, stamped and stored under it.
 */
final class Blocks {
    static final long NO_PAGE = PageAllocator.NO_PAGE;

    private final String name;
    private final long pages;
    private final int maxOrder;
    private final PageWords words;
    private final @Nullable PageMemory memory;
    private final BlockTags tags;
    private final TagStripe stripe; // guarded by lock
    private final ReentrantLock lock;
    private final FreeBlocks free; // guarded by lock
    private final Supply supply;

    /** Pages that are not among the free ones here: of allocated blocks and in caches; written under the lock. */
    private final AtomicLong takenPages = new AtomicLong();

    private volatile boolean closed; // set under the lock

    Blocks(
            String name,
            PageWords words,
            @Nullable PageMemory memory,
            FreeBlocks free,
            BlockTags tags,
            ReentrantLock lock) {
        this.name = name;
        this.pages = words.size();
        this.maxOrder = free.maxOrder();
        this.words = words;
        this.memory = memory;
        this.tags = tags;
        this.stripe = tags.lease();
        this.lock = lock;
        this.free = free;
        this.supply = new Supply(words, memory, free, lock);
    }

    long allocate(int order, AllocTag tag) {
        checkOrder(order, maxOrder);
        long seen;
        long pfn;
        do {
            seen = free.touched();
            pfn = allocateTouched(order, tag);
        } while (pfn == NO_PAGE && supply.extend(seen));
        return pfn;
    }

    private long allocateTouched(int order, AllocTag tag) {
        lock.lock();
        try {
            final long pfn = take(order);
            if (pfn != NO_PAGE) {
                final long word = PageWord.allocated(words.get(pfn), order);
                words.setRelease(pfn, BlockTags.handOut(tags.tagger(), stripe, pfn, order, word, tag));
            }
            return pfn;
        } finally {
            lock.unlock();
        }
    }

    void free(long pfn) {
        lock.lock();
        try {
            final int order = checkedOrder(pfn);
            words.setRelease(
                    pfn, BlockTags.takeBack(tags.tagger(), stripe, pfn, order, PageWord.freed(words.get(pfn))));
            give(pfn, order);
        } finally {
            lock.unlock();
        }
    }

    void split(long pfn, int newOrder) {
        lock.lock();
        try {
            final int order = checkedOrder(pfn);
            checkOrder(newOrder, order);
            final long word = words.get(pfn);
            final long end = pfn + (1L << order);
            for (long piece = pfn + (1L << newOrder); piece < end; piece += 1L << newOrder) {
                final long pieceWord = PageWord.allocated(words.get(piece), newOrder);
                words.setRelease(piece, tags.piece(pfn, word, piece, newOrder, pieceWord));
            }
            tags.resized(pfn, order, newOrder, word);
            words.setRelease(pfn, PageWord.allocated(word, newOrder)); // last: whoever reads it finds every piece
        } finally {
            lock.unlock();
        }
    }

    void trim(long pfn, int newOrder) {
        lock.lock();
        try {
            final int order = checkedOrder(pfn);
            checkOrder(newOrder, order);
            final long word = words.get(pfn);
            tags.resized(pfn, order, newOrder, word);
            words.setRelease(pfn, PageWord.allocated(word, newOrder));
            for (int tail = newOrder; tail < order; tail++) {
                give(pfn + (1L << tail), tail);
            }
        } finally {
            lock.unlock();
        }
    }

    long migrate(long pfn) {
        long seen;
        long target;
        do {
            seen = free.touched();
            target = migrateTouched(pfn);
        } while (target == NO_PAGE && supply.extend(seen));
        return target;
    }

    private long migrateTouched(long pfn) {
        lock.lock();
        try {
            final int order = checkedOrder(pfn);
            final long target = take(order);
            if (target == NO_PAGE) {
                return NO_PAGE;
            }
            if (memory != null) {
                memory.copy(pfn, target, order);
            }
            words.setRelease(target, PageWord.allocated(words.get(target), order));
            tags.moved(target, pfn, order);
            words.setRelease(pfn, PageWord.freed(words.get(pfn))); // its reference has moved: nothing to unstamp
            give(pfn, order);
            return target;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the order of an allocated block; -1 if none begins at this page. Takes no lock. */
    int orderOf(long pfn) {
        return pfn < 0 || pfn >= pages ? -1 : words.orderAt(pfn);
    }

    /** Returns the first page of the allocated block that a page lies in. Takes no lock. */
    long headOf(long pfn) {
        for (int order = 0; order <= maxOrder; order++) {
            final long head = pfn & -(1L << order);
            if (orderOf(head) >= order) {
                return head;
            }
        }
        return NO_PAGE;
    }

    /** Returns what is wrong with a page that is no block. */
    BadPageException badPage(long pfn) {
        final String page = "page " + pfn + " of allocator \"" + name + "\" ";
        if (pfn < 0 || pfn >= pages) {
            return new BadPageException(pfn, page + "does not exist: its pages are 0 to " + (pages - 1));
        }
        final long head = headOf(pfn);
        if (head == NO_PAGE) {
            return new DoubleFreeException(pfn, page + "is free: its block was freed before, or never handed out");
        }
        return new BadPageException(
                pfn,
                page + "is not the first of a block: it lies in the block of order " + orderOf(head) + " at page "
                        + head);
    }

    long takenPages() {
        return takenPages.getOpaque();
    }

    /**
     * Takes blocks for a cache, lowest first, and puts them down so that the lowest is the last.
     *
     * @return how many there were, at most {@code wanted}
     */
    int fetch(int order, long[] slots, int from, int wanted) {
        long seen;
        int found;
        do {
            seen = free.touched();
            found = fetchTouched(order, slots, from, wanted);
        } while (found == 0 && supply.extend(seen));
        return found;
    }

    private int fetchTouched(int order, long[] slots, int from, int wanted) {
        lock.lock();
        try {
            int found = 0;
            for (long pfn; found < wanted && (pfn = take(order)) != NO_PAGE; found++) {
                slots[from + found] = pfn;
            }
            for (int low = from, high = from + found - 1; low < high; low++, high--) {
                final long pfn = slots[low];
                slots[low] = slots[high];
                slots[high] = pfn;
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back blocks that a cache held. */
    void giveBack(int order, long[] slots, int from, int count) {
        lock.lock();
        try {
            for (int slot = from; slot < from + count; slot++) {
                give(slots[slot], order);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every change that began under the lock before this call has ended. */
    void awaitLock() throws InterruptedException {
        lock.lockInterruptibly();
        lock.unlock();
    }

    /** Refuses all changes from now on; says whether this call is the first to do so. */
    boolean close() {
        lock.lock();
        try {
            final boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Credits what is live, and forgets the memory: once nobody can be inside any more. */
    void drop() {
        tags.release(stripe);
        tags.close();
        supply.close();
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("allocator \"" + name + "\" is closed");
        }
    }

    /** Takes a block off the free ones without charging anyone. */
    private long take(int order) {
        checkOpen();
        final long pfn = free.take(order);
        if (pfn != NO_PAGE) {
            count(1L << order);
        }
        return pfn;
    }

    private void give(long pfn, int order) {
        free.give(pfn, order);
        count(-(1L << order));
    }

    private void count(long morePages) {
        takenPages.setOpaque(takenPages.getPlain() + morePages);
    }

    private int checkedOrder(long pfn) {
        checkOpen();
        final int order = orderOf(pfn);
        if (order < 0) {
            throw badPage(pfn);
        }
        return order;
    }

    private static void checkOrder(int order, int limit) {
        if (order < 0 || order > limit) {
            throw new IllegalArgumentException("order is " + order + ", it has to be 0 to " + limit);
        }
    }
}
