package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.BlockOrders;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import io.codetag.StorageFacts;
import io.codetag.spi.PageEngine;
import io.codetag.spi.TagCodes;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One attached allocator, off the fast path. Held by its tagger only, so that it goes with its allocator.
 *
 * <pre>
 *   recording --switch off--> paused --switch on--> recording
 *   recording, paused --policy disable, store failed--> disabled (latched, with the reason)
 *   any --close()--> closed
 * </pre>
 */
final class AttachedPages extends PageEngine {
    private final Profiler profiler;
    private final Attachment attachment;
    private final PageTagger.Control control;
    private final PageSpec spec;
    private final String allocatorPackage;
    private final StoreChoice choice;
    private final @Nullable References references;
    private final AtomicLong outOfRange = new AtomicLong();

    /** Guarded by this when written. */
    private volatile boolean admitting;

    private volatile boolean closed;

    /** A store that threw is not called again. */
    private volatile boolean storeFailed;

    private volatile @Nullable String disabledReason;
    private volatile boolean overflowAsked;
    private volatile long pageCount;

    AttachedPages(
            Profiler profiler,
            Attachment attachment,
            PageTagger.Control control,
            PageSpec spec,
            String allocatorPackage,
            StoreChoice choice,
            @Nullable References references) {
        this.profiler = profiler;
        this.attachment = attachment;
        this.control = control;
        this.spec = spec;
        this.allocatorPackage = allocatorPackage;
        this.choice = choice;
        this.references = references;
        this.pageCount = spec.pageCount();
        if (references == null) {
            disabledReason = choice.reason();
        }
    }

    @Override
    public int admit(int code) {
        final References refs = references;
        if (code < TagCodes.FIRST_TAG || !admitting || refs == null || storeFailed) {
            return TagCodes.NONE;
        }
        if (code > refs.limit()) {
            if (code > refs.maxCode() && !overflowAsked) {
                overflowAsked = true;
                Daemon.executeAlways(() -> decideOverflow(code));
            }
            if ((choice.policy() == OverflowPolicy.DISABLE && code > refs.maxCode()) || !refs.canHold(code)) {
                return TagCodes.NONE;
            }
        }
        return code;
    }

    @Override
    public int exchange(long pfn, int code) {
        final References refs = references;
        if (refs == null || closed || storeFailed) {
            return FAILED;
        }
        try {
            return refs.exchange(pfn, code);
        } catch (RuntimeException | Error failure) {
            failed(failure, code);
            return FAILED;
        }
    }

    @Override
    public int get(long pfn) {
        final References refs = references;
        if (refs == null || closed || storeFailed) {
            return TagCodes.NONE;
        }
        try {
            return refs.get(pfn);
        } catch (RuntimeException | Error failure) {
            failed(failure, TagCodes.NONE);
            return TagCodes.NONE;
        }
    }

    @Override
    public int escape(long pfn, int code) {
        final References refs = references;
        if (refs == null || closed || storeFailed || !refs.hasOverflow()) {
            return TagCodes.NONE;
        }
        try {
            refs.storeEscaped(pfn, code);
            return TagCodes.ESCAPED;
        } catch (RuntimeException | Error failure) {
            failed(failure, code);
            return TagCodes.NONE;
        }
    }

    @Override
    public int getEscaped(long pfn) {
        final References refs = references;
        if (refs == null || closed || storeFailed) {
            return TagCodes.NONE;
        }
        try {
            return refs.getEscaped(pfn);
        } catch (RuntimeException | Error failure) {
            failed(failure, TagCodes.NONE);
            return TagCodes.NONE;
        }
    }

    @Override
    public int takeEscaped(long pfn) {
        final References refs = references;
        if (refs == null || closed || storeFailed) {
            return TagCodes.NONE;
        }
        try {
            return refs.takeEscaped(pfn);
        } catch (RuntimeException | Error failure) {
            failed(failure, TagCodes.NONE);
            return TagCodes.NONE;
        }
    }

    @Override
    public void inaccurate(int code) {
        profiler.markInaccurate(code);
    }

    @Override
    public void addedOntoLive(long pfn, int order, int code) {
        profiler.misuse(
                Message.DEBUG_ADD_ONTO_LIVE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' allocated page " + pfn + " (order " + order
                        + ") while its reference was live; the former tag was credited");
    }

    @Override
    public void freedNone(long pfn, int order) {
        profiler.misuse(
                Message.DEBUG_FREE_OF_NONE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' freed page " + pfn + " (order " + order
                        + "), which has no reference: freed twice, or allocated past the tagger");
    }

    @Override
    public void outOfRange(long pfn, int order) {
        outOfRange.incrementAndGet();
        profiler.misuse(
                Message.DEBUG_OUT_OF_RANGE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' named page " + pfn + " with order " + order
                        + "; it has pages 0 to " + (pageCount - 1) + " and orders 0 to " + spec.maxOrder());
    }

    @Override
    public void allocationFailed(int order) {
        profiler.reportTop("allocator '" + spec.name() + "' could not serve " + (1L << order) + " pages of "
                + spec.pageSize() + " bytes");
    }

    @Override
    public String allocatorPackage() {
        return allocatorPackage;
    }

    @Override
    public synchronized void grow(long newPageCount) {
        if (spec.flags() != null && Objects.requireNonNull(spec.flags()).size() < newPageCount) {
            throw new IllegalArgumentException("allocator '" + spec.name() + "' has "
                    + Objects.requireNonNull(spec.flags()).size() + " flag words for " + newPageCount + " pages");
        }
        if (references != null && !closed && !storeFailed) {
            try {
                references.grow(newPageCount);
            } catch (RuntimeException | Error failure) {
                failed(failure, TagCodes.NONE);
            }
        }
        pageCount = newPageCount;
    }

    @Override
    public StorageFacts storage() {
        final References refs = references;
        final PageFlagsLayout layout = spec.layout();
        final PageFlagsLayout.Field field = choice.fieldInWord();
        return new StorageFacts(
                spec.name(),
                choice.main() == null ? "none" : choice.main().name(),
                field == null ? 0 : field.bits(),
                layout == null ? 0 : layout.longestUnusedRun(),
                TagCodes.addressableTags(choice.maxCode()),
                TagCodes.addressableTags(choice.request().neededCode()),
                choice.policy(),
                choice.overflow() == null ? null : choice.overflow().name(),
                refs == null || disabledReason != null ? 0 : refs.limit(),
                refs != null && refs.hasEscaped(),
                disabledReason,
                bytesOccupied(),
                choice.reason());
    }

    @Override
    public PageTotals totals() {
        final AllocCounts pages = attachment.live(profiler.registry().codeBound());
        return new PageTotals(spec.name(), pages.bytes(), pages.calls(), untracked());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        admitting = false;
        control.limit(0);
        final References refs = references;
        if (refs != null) {
            try {
                refs.clearAndClose(pageCount);
            } catch (RuntimeException | Error failure) {
                failed(failure, TagCodes.NONE);
            }
        }
        closed = true;
        profiler.detached(attachment, Message.ALLOCATOR_CLOSED_LIVE);
    }

    /** Lets new references in or not, as the profiler's switch says. */
    synchronized void recording(boolean on) {
        admitting = on && disabledReason == null && !closed;
        control.limit(admitting && references != null ? references.limit() : 0);
        if (storeFailed) { // meanwhile
            admitting = false;
            control.limit(0);
        }
    }

    /** Decides the overflow policy if tags up to this code are about to be used; logs what follows. */
    synchronized void decideOverflow(int code) {
        final References refs = references;
        if (refs == null || closed || disabledReason != null || code <= refs.maxCode() || refs.limit() == 0) {
            return;
        }
        overflowAsked = true;
        final String what = "allocator '" + spec.name() + "': " + tag(code) + " has id "
                + (code - TagCodes.FIRST_TAG) + ", but the "
                + TagCodes.addressableTags(refs.maxCode()) + " tags that " + storeName() + " can name are used up";
        switch (choice.policy()) {
            case SWITCH -> {
                refs.limit(0);
                control.limit(0);
                Daemon.warn(Message.OVERFLOW_SWITCH, what + "; new references go to " + overflowName());
            }
            case SPILL -> {
                if (attachment.firstSpill()) {
                    Daemon.warn(Message.OVERFLOW_SPILL, what + "; references that do not fit go to " + overflowName());
                }
            }
            case DISABLE -> {
                disabledReason = what;
                admitting = false;
                control.limit(0);
                Daemon.warn(Message.OVERFLOW_DISABLE, what + "; these pages are not profiled any more");
            }
        }
    }

    /** Tells the stores the name behind a code; on the daemon thread. */
    void named(int code, io.codetag.CodeTag place) {
        final References refs = references;
        if (refs == null || closed || storeFailed) {
            return;
        }
        try {
            refs.named(code, place);
        } catch (RuntimeException | Error failure) {
            failed(failure, TagCodes.NONE);
        }
    }

    /** Returns the bytes that the stores hold. */
    long bytesOccupied() {
        final References refs = references;
        if (refs == null || closed || storeFailed) {
            return 0;
        }
        try {
            return refs.bytesOccupied();
        } catch (RuntimeException | Error failure) {
            failed(failure, TagCodes.NONE);
            return 0;
        }
    }

    /** Returns how many calls named a page or an order out of range. */
    long outOfRangeCount() {
        return outOfRange.get();
    }

    private OptionalLong untracked() {
        final BlockOrders orders = spec.orders();
        if (orders == null || closed) {
            return OptionalLong.empty();
        }
        long bytes = 0;
        final long end = pageCount;
        try {
            for (long pfn = 0; pfn < end; ) {
                final int order = orders.orderAt(pfn);
                if (order >= 0 && get(pfn) < TagCodes.FIRST_TAG) {
                    bytes += (long) spec.pageSize() << order;
                }
                pfn += 1L << Math.max(0, order);
            }
        } catch (RuntimeException failure) { // the allocator's own code
            return OptionalLong.empty();
        }
        return OptionalLong.of(bytes);
    }

    private void failed(Throwable failure, int code) {
        if (code >= TagCodes.FIRST_TAG) {
            profiler.markInaccurate(code);
        }
        if (storeFailed) {
            return;
        }
        // Not under the lock: this may be a recording thread, and who holds it may wait for the store.
        storeFailed = true;
        final String reason = "the store " + storeName() + " failed: " + failure;
        disabledReason = reason;
        admitting = false;
        control.limit(0);
        Daemon.executeAlways(() -> {
            profiler.markLiveInaccurate(attachment);
            Daemon.warn(
                    Message.STORE_FAILED,
                    "allocator '" + spec.name() + "': these pages are not profiled any more, since " + reason,
                    failure);
        });
    }

    private String tag(int code) {
        final TagRecord record = profiler.registry().record(code);
        return record == null ? "a tag" : "tag " + PlaceText.of(record.place());
    }

    private String storeName() {
        final PageFlagsLayout.Field field = choice.fieldInWord();
        final String name = choice.main() == null ? "none" : choice.main().name();
        return field == null ? name : field.bits() + " bits of " + name;
    }

    private String overflowName() {
        return choice.overflow() == null ? "none" : choice.overflow().name();
    }
}
