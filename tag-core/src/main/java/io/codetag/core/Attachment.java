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
    private final List<Ledger> ledgers;
    private final AtomicBoolean spilled = new AtomicBoolean();
    private volatile @Nullable WeakReference<AttachedPages> pages;

    Attachment(String name, Ledger ledger) {
        this.name = name;
        this.ledger = ledger;
        this.ledgers = List.of(ledger);
    }

    String name() {
        return name;
    }

    Ledger ledger() {
        return ledger;
    }

    void bind(AttachedPages attached, ReferenceQueue<AttachedPages> collected) {
        pages = new Reference(attached, collected, this);
    }

    /** Returns the allocator's side; null once that was collected. */
    @Nullable
    AttachedPages pages() {
        final WeakReference<AttachedPages> reference = pages;
        return reference == null ? null : reference.get();
    }

    /** Returns what is live of these pages, over all tags. */
    AllocCounts live(int codeBound) {
        return Ledgers.total(ledgers, codeBound);
    }

    /** Returns the sums without asking the allocator for its blocks; it may be gone. */
    PageTotals totals(int codeBound) {
        final AllocCounts live = live(codeBound);
        return new PageTotals(name, live.bytes(), live.calls(), OptionalLong.empty());
    }

    /** Returns what is live of one tag in these pages. */
    AllocCounts liveOf(int code) {
        return Ledgers.live(ledgers, code);
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
