package io.codetag.soak;

import io.codetag.FlagWords;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** Flag words for a great many pages, of which few are ever touched; the others are 0 and take no memory. */
final class SparseWords implements FlagWords {
    private static final int SHIFT = 8;
    private static final int MASK = (1 << SHIFT) - 1;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] @Nullable [] chunks;
    private final long size;

    SparseWords(long size) {
        this.size = size;
        this.chunks = new long[(int) ((size + MASK) >>> SHIFT)] @Nullable [];
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long get(long pfn) {
        final long[] chunk = chunks[(int) (pfn >>> SHIFT)];
        return chunk == null ? 0 : (long) WORD.getVolatile(chunk, (int) pfn & MASK);
    }

    @Override
    public boolean compareAndSet(long pfn, long expected, long word) {
        final int index = (int) (pfn >>> SHIFT);
        long[] chunk = chunks[index];
        if (chunk == null) {
            if (expected != 0) {
                return false;
            }
            chunk = new long[1 << SHIFT];
            chunks[index] = chunk;
        }
        return WORD.compareAndSet(chunk, (int) pfn & MASK, expected, word);
    }
}
