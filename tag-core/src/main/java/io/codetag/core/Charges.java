package io.codetag.core;

import io.codetag.spi.TagCodes;
import io.codetag.spi.TagStripe;
import java.util.function.BooleanSupplier;

/** Counts memory that is no page, in counters always: there is nothing that a census could look at. */
final class Charges {
    /** What {@link #charge} returns if nothing was counted for want of memory. */
    static final int NO_MEMORY = -1;

    private static final int BYTES = 0;
    private static final int CALLS = 1;

    private final TagRegistry registry;
    private final BooleanSupplier recording;
    private final CounterLedger ledger;

    Charges(TagRegistry registry, int maxExclusive, BooleanSupplier recording) {
        this.registry = registry;
        this.recording = recording;
        this.ledger = CounterLedger.ofCharges(maxExclusive);
    }

    CounterLedger ledger() {
        return ledger;
    }

    /** Counts one call and some bytes; returns the code, none if nothing was to be counted, or {@link #NO_MEMORY}. */
    int charge(TagStripe stripe, int code, long bytes) {
        if (bytes >= 0 && stripe.takeNear(BYTES, CALLS, code, bytes)) {
            return code;
        }
        final long[] ofBytes = stripe.chunk(BYTES, code);
        final long[] ofCalls = stripe.chunk(CALLS, code);
        // Asked after creating chunks, which may wait: a virtual thread that waits is not seen by who switches off.
        if (bytes < 0 || !recording.getAsBoolean()) {
            return TagCodes.NONE;
        }
        if (ofBytes == null || ofCalls == null) {
            return NO_MEMORY;
        }
        stripe.take(ofBytes, code, bytes);
        stripe.take(ofCalls, code, 1);
        return code;
    }

    /** Credits one call and some bytes; ignores what is no reference. Returns false if there is no memory to count. */
    boolean discharge(TagStripe stripe, int code, long bytes) {
        if (code < TagCodes.FIRST_TAG || code >= registry.codeBound() || bytes < 0) {
            return true;
        }
        if (stripe.giveNear(BYTES, CALLS, code, bytes)) {
            return true;
        }
        final long[] ofBytes = stripe.chunk(BYTES, code);
        final long[] ofCalls = stripe.chunk(CALLS, code);
        if (ofBytes == null || ofCalls == null) {
            return false;
        }
        stripe.give(ofBytes, code, bytes);
        stripe.give(ofCalls, code, 1);
        return true;
    }
}
