package io.codetag.core;

import io.codetag.spi.HeapSizes;
import java.util.Arrays;

/**
 * The ids in use. The lowest free one is found by looking at one word a level, however many are in use and wherever the
 * holes are.
 *
 * <pre>
 *   level 3:  one word; bit w: word w of level 2 is full          covers 2^24 ids
 *   level 2:  bit w: word w of level 1 is full
 *   level 1:  bit w: word w of level 0 is full
 *   level 0:  bit i: id i is in use
 * </pre>
 *
 * Levels grow with the largest id. Memory is taken before anything is changed.
 *
 * <p><b>Thread safety.</b> None: the registry's lock guards it.
 */
final class IdSet {
    private static final int LEVELS = 4;
    private static final int SHIFT = 6;
    private static final int LEAST_WORDS = 1;
    private static final long FULL = -1;

    private final long[][] levels = new long[LEVELS][LEAST_WORDS];
    private int size;
    private int end;

    /** For tests, which compare work and not time. */
    private long wordsRead;

    /** Returns the lowest id that is not in use. */
    int lowestFree() {
        int index = 0;
        for (int level = LEVELS - 1; level >= 0; level--) {
            index = (index << SHIFT) + Long.numberOfTrailingZeros(~word(level, index));
        }
        return index;
    }

    /** Puts an id into use that was not; an {@link OutOfMemoryError} leaves everything as it was. */
    void add(int id) {
        for (int level = 0, index = id >>> SHIFT; level < LEVELS; level++, index >>>= SHIFT) {
            if (index >= levels[level].length) {
                levels[level] = Arrays.copyOf(levels[level], Integer.highestOneBit(index) << 1);
            }
        }
        int index = id;
        for (int level = 0; level < LEVELS; level++) {
            final int word = index >>> SHIFT;
            levels[level][word] |= 1L << index;
            if (word(level, word) != FULL) {
                break;
            }
            index = word;
        }
        size++;
        end = Math.max(end, id + 1);
    }

    /** Takes an id out of use; does nothing if it was not in use. */
    void remove(int id) {
        if ((word(0, id >>> SHIFT) >>> id & 1) == 0) {
            return;
        }
        int index = id;
        for (int level = 0; level < LEVELS; level++) {
            final int word = index >>> SHIFT;
            final boolean wasFull = word(level, word) == FULL;
            levels[level][word] &= ~(1L << index);
            if (!wasFull) {
                break;
            }
            index = word;
        }
        size--;
        if (id + 1 == end) {
            end = endBelow(id);
        }
    }

    /** Returns how many ids are in use. */
    int size() {
        return size;
    }

    /** Returns one more than the largest id in use; 0 if there is none. */
    int end() {
        return end;
    }

    /** Returns how many words were looked at since this was made. */
    long wordsRead() {
        return wordsRead;
    }

    long bytesOccupied() {
        long bytes = 0;
        for (long[] level : levels) {
            bytes += HeapSizes.array(level.length, Long.BYTES);
        }
        return bytes;
    }

    /**
     * The words passed here were filled one by one since an id above them was taken, as the lowest is taken first: a
     * removal pays for what additions did.
     */
    private int endBelow(int id) {
        for (int index = id >>> SHIFT; index >= 0; index--) {
            final long word = word(0, index);
            if (word != 0) {
                return (index << SHIFT) + Long.SIZE - Long.numberOfLeadingZeros(word);
            }
        }
        return 0;
    }

    private long word(int level, int index) {
        wordsRead++;
        final long[] words = levels[level];
        return index < words.length ? words[index] : 0;
    }
}
