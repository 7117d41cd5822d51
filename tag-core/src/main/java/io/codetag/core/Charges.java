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
        final boolean room = stripe.prepare(BYTES, code) && stripe.prepare(CALLS, code);
        // Asked after making room, which may wait: a virtual thread that waits is not seen by who switches off.
        if (bytes < 0 || !recording.getAsBoolean()) {
            return TagCodes.NONE;
        }
        if (!room) {
            return NO_MEMORY;
        }
        stripe.take(BYTES, code, bytes);
        stripe.take(CALLS, code, 1);
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
        if (!stripe.prepare(BYTES, code) || !stripe.prepare(CALLS, code)) {
            return false;
        }
        stripe.give(BYTES, code, bytes);
        stripe.give(CALLS, code, 1);
        return true;
    }
}
