package io.codetag.allocator;

import io.codetag.BlockOrders;
import io.codetag.FlagWords;
import io.codetag.WordOrders;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The flag words of all pages, in chunks that come into being when one of their words is first changed. A word of a
 * missing chunk is 0.
 *
 * <p><b>Thread safety.</b> Safe. The owner of a block stores the word of its first page, a profiler changes its own bits
 * by compare-and-set, and anyone reads.
 */
final class PageWords implements FlagWords, BlockOrders, WordOrders {
    /** 256 KiB: less than what any collector treats as a large object. */
    static final int CHUNK_SHIFT = 15;

    /**
     * 128 bytes before the first word that nobody writes: every access reads the length of the array beside them, and
     * would wait for the line whenever another thread has stored the word of one of the first pages.
     */
    static final int CHUNK_FRONT = 16;

    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

    private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(long[][].class);
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long pages;
    private final int chunkLength;
    private final long[] @Nullable [] chunks;

    PageWords(long pages) {
        this.pages = pages;
        this.chunkLength = CHUNK_FRONT + (int) Math.min(1L << CHUNK_SHIFT, pages);
        this.chunks = new long[Math.toIntExact(((pages - 1) >>> CHUNK_SHIFT) + 1)] @Nullable [];
    }

    @Override
    public long size() {
        return pages;
    }

    @Override
    public long get(long pfn) {
        final long @Nullable [] chunk = chunkAcquire(pfn);
        return chunk == null ? 0 : (long) WORD.getAcquire(chunk, index(pfn));
    }

    @Override
    public void read(long fromPfn, long[] target, int count) {
        for (int done = 0; done < count; ) {
            final long pfn = fromPfn + done;
            final int words = (int) Math.min(count - done, (1L << CHUNK_SHIFT) - (pfn & CHUNK_MASK));
            final long @Nullable [] chunk = chunkAcquire(pfn);
            if (chunk == null) {
                Arrays.fill(target, done, done + words, 0);
            } else {
                System.arraycopy(chunk, index(pfn), target, done, words);
            }
            done += words;
        }
        VarHandle.acquireFence();
    }

    @Override
    public boolean compareAndSet(long pfn, long expected, long word) {
        long @Nullable [] chunk = chunkAcquire(pfn);
        if (chunk == null) {
            if (expected != 0 || word == 0) {
                return expected == 0;
            }
            chunk = ensure(pfn);
        }
        return WORD.compareAndSet(chunk, index(pfn), expected, word);
    }

    @Override
    public int orderAt(long pfn) {
        return PageWord.order(get(pfn));
    }

    @Override
    public int orderOf(long word) {
        return PageWord.order(word);
    }

    /** Stores a word; pairs with the acquiring read of {@link #get}. */
    void setRelease(long pfn, long word) {
        final long[] chunk = ensure(pfn);
        WORD.setRelease(chunk, index(pfn), word);
    }

    /**
     * Returns the chunk of a page, creating it if needed.
     *
     * @throws OutOfMemoryError if there is no memory for it; nothing has changed then
     */
    long[] ensure(long pfn) {
        final long @Nullable [] chunk = chunkAcquire(pfn);
        return chunk != null ? chunk : create(pfn);
    }

    private long[] create(long pfn) {
        final long[] created = new long[chunkLength];
        final long @Nullable [] other =
                (long[]) CHUNK.compareAndExchange(chunks, (int) (pfn >>> CHUNK_SHIFT), (long[]) null, created);
        return other == null ? created : other;
    }

    /** Sets bits to 0 in every word, beside threads that change others; says whether there were any. */
    boolean clear(long bits) {
        boolean any = false;
        for (int i = 0; i < chunks.length; i++) {
            final long @Nullable [] chunk = (long[]) CHUNK.getAcquire(chunks, i);
            for (int j = CHUNK_FRONT; chunk != null && j < chunk.length; j++) {
                if (((long) WORD.getOpaque(chunk, j) & bits) != 0) { // leaves the lines of other words clean
                    WORD.getAndBitwiseAnd(chunk, j, ~bits);
                    any = true;
                }
            }
        }
        return any;
    }

    /** Says whether there is such a page. */
    boolean contains(long pfn) {
        return pfn >= 0 && pfn < pages;
    }

    /** Reads a word of a chunk, for the owner of the block or to find out whether there is one. */
    static long getOpaque(long[] chunk, long pfn) {
        return (long) WORD.getOpaque(chunk, index(pfn));
    }

    /** Stores a word of a chunk; pairs with the acquiring read of {@link #get}. */
    static void setRelease(long[] chunk, long pfn, long word) {
        WORD.setRelease(chunk, index(pfn), word);
    }

    /** Returns the chunk of a page; null if none of its words was ever changed. */
    long @Nullable [] chunkAcquire(long pfn) {
        return (long[]) CHUNK.getAcquire(chunks, (int) (pfn >>> CHUNK_SHIFT));
    }

    private static int index(long pfn) {
        return CHUNK_FRONT + ((int) pfn & CHUNK_MASK);
    }
}
