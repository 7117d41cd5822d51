package io.codetag.core;

import io.codetag.spi.TagCodes;
import java.util.Arrays;

/**
 * Some pages whose references are being moved to the overflow store, by ascending pfn. While an overflow slot says
 * {@link #MOVING}, the page's code is here.
 *
 * <p><b>Thread safety.</b> Filled by one thread, then published and not changed.
 */
final class MovingPages {
    /** What an overflow slot holds meanwhile: a code that never has a place there otherwise. */
    static final int MOVING = TagCodes.EMPTY;

    private final long[] pfns;
    private final int[] codes;
    private int count;

    MovingPages(int capacity) {
        pfns = new long[capacity];
        codes = new int[capacity];
    }

    /** Adds a page behind those that are here; returns whether there is room for another one. */
    boolean add(long pfn, int code) {
        pfns[count] = pfn;
        codes[count] = code;
        count++;
        return count < pfns.length;
    }

    int count() {
        return count;
    }

    long pfn(int index) {
        return pfns[index];
    }

    int code(int index) {
        return codes[index];
    }

    /** Returns the code of a page; 0 if it is not here. */
    int codeOf(long pfn) {
        final int index = Arrays.binarySearch(pfns, 0, count, pfn);
        return index < 0 ? TagCodes.NONE : codes[index];
    }
}
