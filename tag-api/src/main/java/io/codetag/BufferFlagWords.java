package io.codetag;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Flag words in direct buffers of one size, a power of two; the last may be smaller. */
final class BufferFlagWords implements FlagWords {
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer[] buffers;
    private final int shift;
    private final long size;

    BufferFlagWords(ByteBuffer[] buffers) {
        if (buffers.length == 0) {
            throw new IllegalArgumentException("there has to be at least one buffer of flag words");
        }
        long bytes = 0;
        for (int i = 0; i < buffers.length; i++) {
            final ByteBuffer buffer = buffers[i];
            if (!buffer.isDirect() || buffer.alignmentOffset(0, Long.BYTES) != 0) {
                throw new IllegalArgumentException(
                        "buffer " + i + " of flag words has to be direct and 8-byte aligned");
            }
            if (buffer.isReadOnly() || buffer.capacity() < Long.BYTES) {
                throw new IllegalArgumentException(
                        "buffer " + i + " of flag words is read-only or too small for a word");
            }
            ChunkedFlagWords.checkLength(i, buffer.capacity(), buffers[0].capacity(), buffers.length);
            bytes += buffer.capacity();
        }
        this.buffers = buffers;
        this.shift = buffers.length == 1 ? Long.SIZE - 1 : Integer.numberOfTrailingZeros(buffers[0].capacity()) - 3;
        this.size = bytes / Long.BYTES;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long get(long pfn) {
        return (long) WORD.getAcquire(buffers[(int) (pfn >>> shift)], offset(pfn));
    }

    @Override
    public boolean compareAndSet(long pfn, long expected, long word) {
        return WORD.compareAndSet(buffers[(int) (pfn >>> shift)], offset(pfn), expected, word);
    }

    private int offset(long pfn) {
        return (int) ((pfn & ((1L << shift) - 1)) << 3);
    }
}
