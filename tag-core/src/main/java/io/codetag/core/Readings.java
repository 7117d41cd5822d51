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
        AllocCounts least = taken(readings, code).minus(given);
        for (int read = 1; read < MAX_READS; read++) {
            final AllocCounts again = given(readings, code);
            if (again.equals(given)) {
                break;
            }
            given = again;
            least = least(least, taken(readings, code).minus(given));
        }
        return least;
    }

    /** Fills two arrays of one length with what is live, by code. */
    static void live(List<Reading> readings, long[] bytes, long[] calls) {
        for (Reading reading : readings) {
            reading.subtractGiven(bytes, calls);
        }
        final long[] givenBytes = bytes.clone();
        final long[] givenCalls = calls.clone();
        for (Reading reading : readings) {
            reading.addTaken(bytes, calls);
        }
        readAgain(readings, givenBytes, givenCalls, bytes, calls);
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

    /** Reads each tag once more to which something was credited since what was given, negated, was read. */
    private static void readAgain(
            List<Reading> readings, long[] bytesBefore, long[] callsBefore, long[] bytes, long[] calls) {
        final long[] givenBytes = new long[bytes.length];
        final long[] givenCalls = new long[calls.length];
        for (Reading reading : readings) {
            reading.subtractGiven(givenBytes, givenCalls);
        }
        for (int code = 0; code < calls.length; code++) {
            if (givenCalls[code] != callsBefore[code] || givenBytes[code] != bytesBefore[code]) {
                final AllocCounts least = least(new AllocCounts(bytes[code], calls[code]), live(readings, code));
                bytes[code] = least.bytes();
                calls[code] = least.calls();
            }
        }
    }

    /** Returns one of two readings whole, since bytes of one and calls of the other were never live together. */
    private static AllocCounts least(AllocCounts one, AllocCounts other) {
        return other.bytes() < one.bytes() || (other.bytes() == one.bytes() && other.calls() < one.calls())
                ? other
                : one;
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
