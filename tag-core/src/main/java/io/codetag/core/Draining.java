package io.codetag.core;

/**
 * The proof, after profiling was switched off, that nothing recorded is live any more and nobody records.
 *
 * <p><b>Thread safety.</b> None: the profiler's monitor.
 */
final class Draining {
    private final TagRegistry registry;
    private final Charges charges;
    private final Attachments attachments;

    /** Of the last time that profiling was switched off. */
    private DrainProof proof = new DrainProof();

    Draining(TagRegistry registry, Charges charges, Attachments attachments) {
        this.registry = registry;
        this.charges = charges;
        this.attachments = attachments;
    }

    /** Begins anew: allocations are switched off from now on. */
    void begin() {
        proof = new DrainProof();
    }

    /** Says whether it has ended; takes one further look at all threads if need be. */
    boolean isOver() {
        return !isLive() && nothingRecorded();
    }

    /** Says whether nobody is recording any more, and then nothing is live. */
    private boolean nothingRecorded() {
        if (!proof.nobodyRecords(attachments.stampingPackages())) {
            return false;
        }
        final long moves = attachments.moves();
        return moves >= 0 && !isLive() && moves == attachments.moves();
    }

    private boolean isLive() {
        return attachments.isAnythingLive(charges.ledger().read(), registry);
    }
}
