package io.codetag.core;

import io.codetag.AllocCounts;
import java.util.List;

/** Reads several ledgers as one: everything given back first, then everything taken. */
final class Ledgers {
    private Ledgers() {}

    static AllocCounts live(List<Ledger> ledgers, int code) {
        long bytes = 0;
        long calls = 0;
        for (Ledger ledger : ledgers) {
            final AllocCounts given = ledger.given(code);
            bytes -= given.bytes();
            calls -= given.calls();
        }
        for (Ledger ledger : ledgers) {
            final AllocCounts taken = ledger.taken(code);
            bytes += taken.bytes();
            calls += taken.calls();
        }
        return new AllocCounts(bytes, calls);
    }

    /** Fills two arrays of one length with what is live, by code. */
    static void live(List<Ledger> ledgers, long[] bytes, long[] calls) {
        for (Ledger ledger : ledgers) {
            ledger.subtractGiven(bytes, calls);
        }
        for (Ledger ledger : ledgers) {
            ledger.addTaken(bytes, calls);
        }
    }

    static AllocCounts total(List<Ledger> ledgers, int codes) {
        final long[] bytes = new long[codes];
        final long[] calls = new long[codes];
        live(ledgers, bytes, calls);
        long allBytes = 0;
        long allCalls = 0;
        for (int code = 0; code < codes; code++) {
            allBytes += bytes[code];
            allCalls += calls[code];
        }
        return new AllocCounts(allBytes, allCalls);
    }
}
