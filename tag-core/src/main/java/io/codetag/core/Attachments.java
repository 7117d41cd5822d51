package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.PageTotals;
import io.codetag.StorageFacts;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The allocators attached to one profiler, and what they add up to.
 *
 * <p><b>Thread safety.</b> Safe. Who walks over them sees those that were attached when the walk began.
 */
final class Attachments {
    private final List<Attachment> all = new CopyOnWriteArrayList<>();
    private final ReferenceQueue<AttachedPages> collected = new ReferenceQueue<>();

    void add(Attachment attachment) {
        all.add(attachment);
    }

    /** Returns whether it was there. */
    boolean remove(Attachment attachment) {
        return all.remove(attachment);
    }

    /** Returns where allocators are told of that were collected without being closed. */
    ReferenceQueue<AttachedPages> collected() {
        return collected;
    }

    /** Returns a further attachment whose allocator was collected; null if there is none. */
    @Nullable
    Attachment pollCollected() {
        final var gone = collected.poll();
        return gone == null ? null : ((Attachment.Reference) gone).attachment();
    }

    void forEachPages(Consumer<AttachedPages> action) {
        for (Attachment attachment : all) {
            final AttachedPages pages = attachment.pages();
            if (pages != null) {
                action.accept(pages);
            }
        }
    }

    List<Ledger> ledgers() {
        final List<Ledger> ledgers = new ArrayList<>();
        for (Attachment attachment : all) {
            ledgers.add(attachment.ledger());
        }
        return ledgers;
    }

    /** Sums up each allocator's pages. Walks the blocks of those that tell them, to find what is untracked. */
    List<PageTotals> totals(int codeBound) {
        final List<PageTotals> totals = new ArrayList<>();
        for (Attachment attachment : all) {
            final AttachedPages attached = attachment.pages();
            totals.add(attached == null ? attachment.totals(codeBound) : attached.totals());
        }
        return totals;
    }

    /** Sums up each allocator's pages without looking for what is untracked. */
    List<PageTotals> recordedTotals(int codeBound) {
        final List<PageTotals> totals = new ArrayList<>();
        for (Attachment attachment : all) {
            totals.add(attachment.totals(codeBound));
        }
        return totals;
    }

    List<StorageFacts> storage() {
        final List<StorageFacts> facts = new ArrayList<>();
        forEachPages(pages -> facts.add(pages.storage()));
        return facts;
    }

    long outOfRangeCalls() {
        final long[] calls = new long[1];
        forEachPages(pages -> calls[0] += pages.outOfRangeCount());
        return calls[0];
    }

    /** Returns the bytes that the stores hold. */
    long bytesOccupied() {
        final long[] bytes = new long[1];
        forEachPages(pages -> bytes[0] += pages.bytesOccupied());
        return bytes[0];
    }

    /** Says whether anything is live, of these pages or of what was charged. */
    boolean isAnythingLive(Reading charged, TagRegistry registry) {
        final List<Reading> counters = new ArrayList<>();
        counters.add(charged);
        for (Attachment attachment : all) {
            if (attachment.isTagged()) {
                return true;
            }
            if (!attachment.isCensus()) {
                counters.add(attachment.ledger().read());
            }
        }
        final AllocCounts live = Readings.total(counters, registry.codeBound()); // those that came meanwhile, too
        return live.calls() != 0 || live.bytes() != 0;
    }

    /** Says how often references were exchanged; -1 if some are being exchanged. */
    long moves() {
        long sum = 0;
        for (Attachment attachment : all) {
            final long moves = attachment.moves();
            if (moves < 0) {
                return -1;
            }
            sum += moves;
        }
        return sum;
    }

    /** Returns the packages whose classes may hold a flag word that is stamped and not stored yet. */
    Set<String> stampingPackages() {
        final Set<String> stamping = new HashSet<>();
        forEachPages(pages -> {
            final String inPackage = pages.stampingPackage();
            if (inPackage != null) {
                stamping.add(inPackage);
            }
        });
        return stamping;
    }
}
