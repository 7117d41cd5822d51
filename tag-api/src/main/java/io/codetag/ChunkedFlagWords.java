package io.codetag;

import java.lang.invoke.VarHandle;
import java.util.Objects;

/** Flag words in several arrays of one length, a power of two; the last may be shorter. */
final class ChunkedFlagWords implements FlagWords {
    private final long[][] chunks;
    private final int shift;
    private final int mask;
    private final long size;

    ChunkedFlagWords(long[][] chunks) {
        if (chunks.length == 0) {
            throw new IllegalArgumentException("there has to be at least one chunk of flag words");
        }
        final int length = chunks[0].length;
        long total = 0;
        for (int i = 0; i < chunks.length; i++) {
            checkLength(i, chunks[i].length, length, chunks.length);
            total += chunks[i].length;
        }
        this.chunks = chunks;
        this.shift = 31 - Integer.numberOfLeadingZeros(Integer.highestOneBit(Math.max(1, length)));
        this.mask = (1 << shift) - 1;
        this.size = total;
    }

    /** Checks one of several chunks; sizes are in words or in bytes, as the caller counts. */
    static void checkLength(int index, int length, int first, int count) {
        final boolean last = index == count - 1;
        if (length < 1 || length > first || (!last && length != first)) {
            throw new IllegalArgumentException("chunk " + index + " has length " + length
                    + "; all but the last have the length of the first, " + first + ", and the last is not longer");
        }
        if (count > 1 && Integer.bitCount(first) != 1) {
            throw new IllegalArgumentException("chunks have length " + first + ", it has to be a power of two");
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long get(long pfn) {
        return (long) ArrayFlagWords.WORD.getAcquire(chunk(pfn), index(pfn));
    }

    @Override
    public void read(long fromPfn, long[] target, int count) {
        Objects.checkFromIndexSize(fromPfn, count, size);
        for (int done = 0; done < count; ) {
            final long[] chunk = chunk(fromPfn + done);
            final int index = index(fromPfn + done);
            final int words = Math.min(count - done, chunk.length - index);
            System.arraycopy(chunk, index, target, done, words);
            done += words;
        }
        VarHandle.acquireFence();
    }

    @Override
    public boolean compareAndSet(long pfn, long expected, long word) {
        return ArrayFlagWords.WORD.compareAndSet(chunk(pfn), index(pfn), expected, word);
    }

    private long[] chunk(long pfn) {
        return chunks.length == 1 ? chunks[0] : chunks[(int) (pfn >>> shift)];
    }

    private int index(long pfn) {
        return chunks.length == 1 ? (int) pfn : (int) pfn & mask;
    }
}
