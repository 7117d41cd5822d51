package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.PageTotals;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What the profiler keeps of an attached allocator: its counters. The rest is held weakly, as it may be a plugin's. */
final class Attachment {
    private final String name;
    private final Ledger ledger;
    private final AtomicBoolean spilled = new AtomicBoolean();
    private volatile @Nullable WeakReference<AttachedPages> pages;

    Attachment(String name, Ledger ledger) {
        this.name = name;
        this.ledger = ledger;
    }

    String name() {
        return name;
    }

    Ledger ledger() {
        return ledger;
    }

    void bind(AttachedPages attached, ReferenceQueue<AttachedPages> collected) {
        if (ledger instanceof CensusLedger census) {
            census.bind(attached);
        }
        pages = new Reference(attached, collected, this);
    }

    /** Returns the allocator's side; null once that was collected. */
    @Nullable
    AttachedPages pages() {
        final WeakReference<AttachedPages> reference = pages;
        return reference == null ? null : reference.get();
    }

    /** Says whether references are what is counted, and not blocks as they come and go. */
    boolean isCensus() {
        return ledger instanceof CensusLedger;
    }

    /** Notes that the references are about to go; what is live now is what will be said of them. */
    void end() {
        if (ledger instanceof CensusLedger census) {
            census.end();
        }
    }

    /** Says whether a census finds a reference in these pages; false where blocks are counted as they come and go. */
    boolean isTagged() {
        return ledger instanceof CensusLedger census && census.isLive();
    }

    /** Says how often references were exchanged; -1 if some are being exchanged. */
    long moves() {
        return ledger instanceof CensusLedger census ? census.moves() : 0;
    }

    /** Reads these pages. */
    List<Reading> read() {
        return List.of(ledger.read());
    }

    /** Returns what is live of these pages, over all tags. */
    AllocCounts live(int codeBound) {
        return Readings.total(read(), codeBound);
    }

    /** Returns the sums without asking the allocator for its blocks; it may be gone. */
    PageTotals totals(int codeBound) {
        final AllocCounts live = live(codeBound);
        return new PageTotals(name, live.bytes(), live.calls(), OptionalLong.empty());
    }

    boolean firstSpill() {
        return spilled.compareAndSet(false, true);
    }

    /** Tells which attachment an allocator that was collected without being closed belonged to. */
    static final class Reference extends WeakReference<AttachedPages> {
        private final Attachment attachment;

        private Reference(AttachedPages pages, ReferenceQueue<AttachedPages> collected, Attachment attachment) {
            super(pages, collected);
            this.attachment = attachment;
        }

        Attachment attachment() {
            return attachment;
        }
    }
}
