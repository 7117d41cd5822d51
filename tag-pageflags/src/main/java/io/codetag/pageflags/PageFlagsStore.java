package io.codetag.pageflags;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import java.lang.invoke.VarHandle;

/**
 * Keeps a page's code in one field of the page's flag word.
 *
 * <p>Progress is lock-free: an operation repeats only when another thread changed the word.
 */
final class PageFlagsStore implements PageTagStore {
    /*
     *   63          shift + bits             shift              0
     *   +----------------+--------------------+-----------------+
     *   | the allocator's|        code        | the allocator's |
     *   +----------------+--------------------+-----------------+
     *
     * The allocator, and owners of other fields, change their bits of the same word at any moment. So the code changes
     * by compare-and-set of the whole word only, with the word read anew in each round and every other bit put back as
     * it was read. An add would carry into the neighbour, a plain write would lose the neighbour's change.
     *
     * Another thread that only changes other bits makes a round fail, never an operation.
     */

    private final FlagWords words;
    private final int shift;

    /** Changes while no word has a code in the bits that come or go. */
    private volatile long mask;

    private volatile int maxCode;

    PageFlagsStore(FlagWords words, Field field) {
        this.words = words;
        this.shift = field.shift();
        this.mask = field.mask();
        this.maxCode = field.maxCode();
    }

    @Override
    public int maxCode() {
        return maxCode;
    }

    @Override
    public long bytesOccupied() {
        return 0;
    }

    @Override
    public int get(long pfn) {
        return code(wordAcquire(pfn));
    }

    @Override
    public void set(long pfn, int code) {
        getAndSet(pfn, code);
    }

    @Override
    public boolean compareAndSet(long pfn, int expected, int code) {
        for (; ; ) {
            final long word = wordAcquire(pfn);
            if (code(word) != expected) {
                return false;
            }
            if (words.compareAndSet(pfn, word, withCode(word, code))) {
                return true;
            }
        }
    }

    @Override
    public int getAndSet(long pfn, int code) {
        for (; ; ) {
            final long word = wordAcquire(pfn);
            if (words.compareAndSet(pfn, word, withCode(word, code))) {
                return code(word);
            }
        }
    }

    @Override
    public void clear(long fromPfn, long toPfn) {
        for (long pfn = fromPfn; pfn < toPfn; pfn++) {
            if (get(pfn) != 0) { // leaves the cache lines of pages without a code clean
                getAndSet(pfn, 0);
            }
        }
    }

    @Override
    public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        for (long pfn = fromPfn; pfn < toPfn; ) {
            final int code = get(pfn);
            pfn = code == 0 ? pfn + 1 : Math.max(pfn + 1, visitor.visit(pfn, code));
        }
    }

    @Override
    public void grow(long pageCount) {
        final long size = words.size();
        if (size < pageCount) {
            throw new IllegalArgumentException("there are " + size + " flag words for " + pageCount + " pages");
        }
    }

    @Override
    public boolean resize(Field field) {
        if (field.shift() != shift) {
            throw new IllegalArgumentException("codes are at shift " + shift + " for ever, not " + field.shift());
        }
        mask = field.mask();
        maxCode = field.maxCode();
        return true;
    }

    /** An allocator's own words promise an opaque read only; the fence makes it an acquire read. */
    private long wordAcquire(long pfn) {
        final long word = words.get(pfn);
        VarHandle.acquireFence();
        return word;
    }

    private int code(long word) {
        return (int) ((word & mask) >>> shift);
    }

    private long withCode(long word, int code) {
        return (word & ~mask) | ((long) code << shift);
    }
}
