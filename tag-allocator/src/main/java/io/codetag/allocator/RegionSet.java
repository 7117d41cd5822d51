package io.codetag.allocator;

import java.util.Arrays;

/**
 * A set of regions that finds its lowest member in a few steps: a bit for each region, above it a bit for each word
 * that is not zero, and so on up to a single word. Grows with the highest member.
 *
 * <pre>
 *   levels[2]  |1·······|
 *   levels[1]  |1·1·····|········|…
 *   levels[0]  |····11··|········|1·······|…     regions 4, 5 and 128
 * </pre>
 *
 * <p><b>Thread safety.</b> None: guarded by the allocator's lock.
 */
final class RegionSet {
    private static final int WORD_SHIFT = 6;

    private final long[][] levels;

    /** Makes an empty set of regions below a bound. */
    RegionSet(int bound) {
        int depth = 1;
        for (int words = words(bound); words > 1; words = words(words)) {
            depth++;
        }
        levels = new long[depth][1];
    }

    /** Makes room for regions below a bound; afterwards {@link #add} of one of them needs no memory. */
    void reserve(int bound) {
        int words = words(bound);
        for (int level = 0; level < levels.length && words > levels[level].length; level++) {
            levels[level] = Arrays.copyOf(levels[level], Math.max(words, levels[level].length << 1));
            words = words(levels[level].length);
        }
    }

    void add(int region) {
        int member = region;
        for (long[] level : levels) {
            final int index = member >>> WORD_SHIFT;
            final long word = level[index];
            level[index] = word | (1L << member);
            if (word != 0) {
                return;
            }
            member = index;
        }
    }

    void remove(int region) {
        int member = region;
        for (long[] level : levels) {
            final int index = member >>> WORD_SHIFT;
            level[index] &= ~(1L << member);
            if (level[index] != 0) {
                return;
            }
            member = index;
        }
    }

    /** Returns the lowest member; -1 if the set is empty. */
    int first() {
        int member = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            final long word = levels[level][member];
            if (word == 0) {
                return -1; // only at the top: below it every word that is pointed to has a bit
            }
            member = (member << WORD_SHIFT) + Long.numberOfTrailingZeros(word);
        }
        return member;
    }

    private static int words(int bits) {
        return ((bits - 1) >>> WORD_SHIFT) + 1;
    }
}
