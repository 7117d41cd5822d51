package io.codetag.core;

import io.codetag.AllocCounts;
import java.util.List;

/**
 * Sums several readings as one: everything given back first, then everything taken.
 *
 * <p>So what is read is never less than what was live at some moment between. It is more by what was allocated and freed
 * in the meantime, which a reader that was kept waiting in between would show as live. Therefore what was given back is
 * read once more: a tag to which nothing was credited meanwhile is right, another is read again by itself, which takes a
 * moment only, a bounded number of times, and the least of what was read is returned.
 */
final class Readings {
    private static final int MAX_READS = 8;

    private Readings() {}

    static AllocCounts live(List<Reading> readings, int code) {
        AllocCounts given = given(readings, code);
        long bytes = Long.MAX_VALUE;
        long calls = Long.MAX_VALUE;
        for (int read = 0; read < MAX_READS; read++) {
            final AllocCounts taken = taken(readings, code);
            bytes = Math.min(bytes, taken.bytes() - given.bytes());
            calls = Math.min(calls, taken.calls() - given.calls());
            final AllocCounts again = given(readings, code);
            if (again.equals(given)) {
                break;
            }
            given = again;
        }
        return new AllocCounts(bytes, calls);
    }

    /** Fills two arrays of one length with what is live, by code. */
    static void live(List<Reading> readings, long[] bytes, long[] calls) {
        for (Reading reading : readings) {
            reading.subtractGiven(bytes, calls);
        }
        final long[] given = calls.clone();
        for (Reading reading : readings) {
            reading.addTaken(bytes, calls);
        }
        readAgain(readings, given, bytes, calls);
    }

    static AllocCounts total(List<Reading> readings, int codes) {
        final long[] bytes = new long[codes];
        final long[] calls = new long[codes];
        live(readings, bytes, calls);
        long allBytes = 0;
        long allCalls = 0;
        for (int code = 0; code < codes; code++) {
            allBytes += bytes[code];
            allCalls += calls[code];
        }
        return new AllocCounts(allBytes, allCalls);
    }

    /** Reads each tag once more to which something was credited since its given calls, negated, were read. */
    private static void readAgain(List<Reading> readings, long[] given, long[] bytes, long[] calls) {
        final long[] givenCalls = new long[given.length];
        final long[] givenBytes = new long[given.length];
        for (Reading reading : readings) {
            reading.subtractGiven(givenBytes, givenCalls);
        }
        for (int code = 0; code < given.length; code++) {
            if (givenCalls[code] != given[code]) {
                final AllocCounts again = live(readings, code);
                bytes[code] = Math.min(bytes[code], again.bytes());
                calls[code] = Math.min(calls[code], again.calls());
            }
        }
    }

    private static AllocCounts given(List<Reading> readings, int code) {
        AllocCounts sum = AllocCounts.ZERO;
        for (Reading reading : readings) {
            sum = sum.plus(reading.given(code));
        }
        return sum;
    }

    private static AllocCounts taken(List<Reading> readings, int code) {
        AllocCounts sum = AllocCounts.ZERO;
        for (Reading reading : readings) {
            sum = sum.plus(reading.taken(code));
        }
        return sum;
    }
}
