package io.codetag.core;

import io.codetag.AllocCounts;

/**
 * What one look at all pages of an allocator found.
 *
 * <p><b>Thread safety.</b> Filled by one thread, then not changed.
 */
final class Census implements Reading {
    /** What is known of pages that cannot be looked at. */
    static final Census NOTHING = new Census(0, 0);

    private final long pageSize;
    private final long[] pages;
    private final long[] calls;

    Census(int codes, long pageSize) {
        this.pageSize = pageSize;
        this.pages = new long[codes];
        this.calls = new long[codes];
    }

    /** Adds what a tally holds, and empties it. */
    void add(long[] tally) {
        for (int code = 0; code < tally.length; code++) {
            final long cell = tally[code];
            if (cell != 0) {
                pages[code] += PageScan.pages(cell);
                calls[code] += PageScan.calls(cell);
                tally[code] = 0;
            }
        }
    }

    @Override
    public void subtractGiven(long[] bytes, long[] calls) {
        // nothing is given back
    }

    @Override
    public void addTaken(long[] bytesOf, long[] callsOf) {
        final int end = Math.min(pages.length, bytesOf.length);
        for (int code = 0; code < end; code++) {
            bytesOf[code] += pages[code] * pageSize;
            callsOf[code] += calls[code];
        }
    }

    @Override
    public AllocCounts given(int code) {
        return AllocCounts.ZERO;
    }

    @Override
    public AllocCounts taken(int code) {
        return code < pages.length ? new AllocCounts(pages[code] * pageSize, calls[code]) : AllocCounts.ZERO;
    }
}
