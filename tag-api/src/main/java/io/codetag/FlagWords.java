package io.codetag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Access to an allocator's flag words, one 64-bit word for each page.
 *
 * <p>Ready-made forms wrap a {@code long[]}, several of them (for more than 2<sup>31</sup> pages), or direct buffers;
 * an allocator with another form implements this interface.
 *
 * <p><b>Thread safety.</b> Both operations may be called by any thread at any time.
 *
 * @since 0.1
 */
public interface FlagWords {
    /**
     * Returns the number of words.
     *
     * @return words, at least 1; may grow
     */
    long size();

    /**
     * Reads a word, at least opaquely: no tearing, and progress is seen.
     *
     * @param pfn the page
     * @return its word
     */
    long get(long pfn);

    /**
     * Reads several words, each as {@link #get} does, though not all at one instant.
     *
     * @param fromPfn the first page
     * @param target receives the words, from its first element on
     * @param count how many, at most the length of the array
     */
    default void read(long fromPfn, long[] target, int count) {
        for (int i = 0; i < count; i++) {
            target[i] = get(fromPfn + i);
        }
    }

    /**
     * Replaces a word if it is still the expected one, with volatile semantics.
     *
     * @param pfn the page
     * @param expected the word it has to be
     * @param word the new word
     * @return whether it was replaced; never false by accident
     */
    boolean compareAndSet(long pfn, long expected, long word);

    /**
     * Wraps an array: word {@code i} belongs to page {@code i}.
     *
     * @param words the allocator's own array
     * @return access to it
     */
    static FlagWords of(long[] words) {
        return new ArrayFlagWords(Objects.requireNonNull(words, "words"));
    }

    /**
     * Wraps chunks of equal size: word {@code i} is element {@code i % chunkLength} of chunk {@code i / chunkLength}.
     * Only the last chunk may be shorter.
     *
     * @param chunks the allocator's own arrays; all but the last of one length, a power of two
     * @return access to them
     * @throws IllegalArgumentException if the lengths do not fit
     */
    static FlagWords ofChunks(long[]... chunks) {
        return new ChunkedFlagWords(chunks.clone());
    }

    /**
     * Wraps direct buffers of equal size, 8 bytes a word in native order. Only the last may be shorter. Their whole
     * capacity is used, whatever their positions and limits are.
     *
     * @param buffers the allocator's own buffers; all but the last of one size in bytes, a power of two
     * @return access to them
     * @throws IllegalArgumentException if a buffer is not direct, not aligned or read-only, or the sizes do not fit
     */
    static FlagWords ofBuffers(ByteBuffer... buffers) {
        final ByteBuffer[] own = new ByteBuffer[buffers.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = buffers[i].duplicate().clear().order(ByteOrder.nativeOrder());
        }
        return new BufferFlagWords(own);
    }
}
