package io.codetag;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Flag words in one array. */
final class ArrayFlagWords implements FlagWords {
    static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;

    ArrayFlagWords(long[] words) {
        this.words = words;
    }

    @Override
    public long size() {
        return words.length;
    }

    @Override
    public long get(long pfn) {
        return (long) WORD.getAcquire(words, (int) pfn);
    }

    /** HotSpot copies a {@code long[]} word by word; no word is torn. */
    @Override
    public void read(long fromPfn, long[] target, int count) {
        System.arraycopy(words, (int) fromPfn, target, 0, count);
        VarHandle.acquireFence();
    }

    @Override
    public boolean compareAndSet(long pfn, long expected, long word) {
        return WORD.compareAndSet(words, (int) pfn, expected, word);
    }
}
