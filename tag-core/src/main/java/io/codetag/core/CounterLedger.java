package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;

/**
 * Accounting by {@code counters}: cells in stripes, bytes and calls derived at read.
 *
 * <pre>
 *   pages:    row = order, one count is (page size &lt;&lt; order) bytes and one call
 *   charges:  row 0 counts bytes, row 1 counts calls
 * </pre>
 */
final class CounterLedger implements Ledger, Reading {
    private final StripePool pool;
    private final long[] bytesOfOne;
    private final long[] callsOfOne;

    private CounterLedger(int maxExclusive, long[] bytesOfOne, long[] callsOfOne) {
        this.pool = new StripePool(bytesOfOne.length, maxExclusive);
        this.bytesOfOne = bytesOfOne;
        this.callsOfOne = callsOfOne;
    }

    static CounterLedger ofPages(int pageSize, int maxOrder, int maxExclusive) {
        final long[] bytes = new long[maxOrder + 1];
        final long[] calls = new long[maxOrder + 1];
        for (int order = 0; order <= maxOrder; order++) {
            bytes[order] = (long) pageSize << order;
            calls[order] = 1;
        }
        return new CounterLedger(maxExclusive, bytes, calls);
    }

    static CounterLedger ofCharges(int maxExclusive) {
        return new CounterLedger(maxExclusive, new long[] {1, 0}, new long[] {0, 1});
    }

    @Override
    public TagStripes stripes() {
        return pool;
    }

    /** Counters may be asked at any time. */
    @Override
    public Reading read() {
        return this;
    }

    @Override
    public void subtractGiven(long[] bytes, long[] calls) {
        add(bytes, calls, false, -1);
    }

    @Override
    public void addTaken(long[] bytes, long[] calls) {
        add(bytes, calls, true, 1);
    }

    @Override
    public AllocCounts given(int code) {
        long bytes = 0;
        long calls = 0;
        for (TagStripe stripe : pool.stripes()) {
            for (int row = 0; row < bytesOfOne.length; row++) {
                final long count = stripe.given(row, code);
                bytes += count * bytesOfOne[row];
                calls += count * callsOfOne[row];
            }
        }
        return new AllocCounts(bytes, calls);
    }

    @Override
    public AllocCounts taken(int code) {
        long bytes = 0;
        long calls = 0;
        for (TagStripe stripe : pool.stripes()) {
            for (int row = 0; row < bytesOfOne.length; row++) {
                final long count = stripe.taken(row, code);
                bytes += count * bytesOfOne[row];
                calls += count * callsOfOne[row];
            }
        }
        return new AllocCounts(bytes, calls);
    }

    @Override
    public long bytesOccupied() {
        return pool.bytesOccupied();
    }

    private void add(long[] bytes, long[] calls, boolean taken, int sign) {
        for (TagStripe stripe : pool.stripes()) {
            for (int row = 0; row < bytesOfOne.length; row++) {
                stripe.addTo(row, taken, sign * bytesOfOne[row], sign * callsOfOne[row], bytes, calls);
            }
        }
    }
}
