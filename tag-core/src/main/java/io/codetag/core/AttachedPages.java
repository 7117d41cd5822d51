package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.BitClaim;
import io.codetag.BlockOrders;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.spi.PageEngine;
import io.codetag.spi.TagCodes;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final FlagClaims claims;

    /** Null where blocks are counted as they come and go. */
    private final @Nullable PageCensus census;

    private final AtomicLong outOfRange = new AtomicLong();

    /** Made before memory may run out. */
    private final Runnable reportFailure = this::reportFailure;

    private final AtomicBoolean failureReported = new AtomicBoolean();

    /** Asked for once: a backend's own code is not called where blocks are recorded. */
    private final String storeName;

    private final @Nullable String overflowName;

    /** Guarded by this when written. */
    private volatile boolean admitting;

    private volatile boolean closed;

    /** Whether policy {@code switch} has sent all new references to the overflow store. Guarded by this. */
    private boolean switched;

    /** A store that threw is not called again. */
    private volatile boolean storeFailed;

    private volatile @Nullable Throwable failure;

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
        this.claims = new FlagClaims(spec, this, control, choice, references);
        this.pageCount = spec.pageCount();
        this.census =
                references != null && attachment.isCensus() ? new PageCensus(spec, this, references, claims) : null;
        this.storeName = choice.main() == null ? "none" : choice.main().name();
        this.overflowName = choice.overflow() == null ? null : choice.overflow().name();
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
            if (code > refs.capacity() && !overflowAsked) {
                askOverflow(code);
            }
            if ((choice.policy() == OverflowPolicy.DISABLE && code > refs.capacity()) || !refs.canHold(code)) {
                return TagCodes.NONE;
            }
        }
        return code;
    }

    /** Has the policy decided on the daemon thread; at the next allocation again if there is no memory to ask. */
    private void askOverflow(int code) {
        overflowAsked = true;
        try {
            if (!Daemon.executeAlways(() -> decideOverflow(code))) {
                overflowAsked = false;
            }
        } catch (OutOfMemoryError none) {
            overflowAsked = false;
        }
    }

    @Override
    public int exchange(long pfn, int code) {
        final References refs = references;
        if (refs == null || closed || storeFailed) {
            return FAILED;
        }
        try {
            final int former = refs.exchange(pfn, code);
            if (isLate(code)) {
                refs.exchange(pfn, former);
                return FAILED;
            }
            return former;
        } catch (RuntimeException | Error thrown) {
            failed(thrown, code);
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
        } catch (RuntimeException | Error thrown) {
            failed(thrown, TagCodes.NONE);
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
            if (isLate(code)) {
                refs.takeEscaped(pfn);
                return TagCodes.NONE;
            }
            return TagCodes.ESCAPED;
        } catch (RuntimeException | Error thrown) {
            failed(thrown, code);
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
        } catch (RuntimeException | Error thrown) {
            failed(thrown, TagCodes.NONE);
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
        } catch (RuntimeException | Error thrown) {
            failed(thrown, TagCodes.NONE);
            return TagCodes.NONE;
        }
    }

    @Override
    public void inaccurate(int code) {
        profiler.countersLost(code);
    }

    @Override
    public void addedOntoLive(long pfn, int order, int code) {
        if (!profiler.reportsMisuse()) { // nothing is allocated, not even the message
            return;
        }
        profiler.misuse(
                Message.DEBUG_ADD_ONTO_LIVE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' allocated page " + pfn + " (order " + order
                        + ") while its reference was live; the former tag was credited");
    }

    @Override
    public void freedNone(long pfn, int order) {
        if (!profiler.reportsMisuse()
                || disabledReason != null) { // blocks are allocated without a reference, and nobody made a mistake
            return;
        }
        profiler.misuse(
                Message.DEBUG_FREE_OF_NONE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' freed page " + pfn + " (order " + order
                        + "), which has no reference: freed twice, or allocated past the tagger");
    }

    @Override
    public void outOfRange(long pfn, int order) {
        outOfRange.incrementAndGet();
        if (!profiler.reportsMisuse()) {
            return;
        }
        profiler.misuse(
                Message.DEBUG_OUT_OF_RANGE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' named page " + pfn + " with order " + order
                        + "; it has pages 0 to " + (pageCount - 1) + " and orders 0 to " + spec.maxOrder());
    }

    @Override
    public void allocationFailed(int order) {
        profiler.reportTop(spec, order);
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
            } catch (RuntimeException | Error thrown) {
                failed(thrown, TagCodes.NONE);
            }
        }
        pageCount = newPageCount;
    }

    @Override
    public StorageFacts storage() {
        final References refs = references;
        final PageFlagsLayout.Field field = claims.field();
        return new StorageFacts(
                spec.name(),
                storeName,
                field == null ? 0 : field.bits(),
                claims.longestUnusedRun(),
                TagCodes.addressableTags(refs == null ? 0 : refs.capacity()),
                TagCodes.addressableTags(choice.request().neededCode()),
                choice.policy(),
                overflowName,
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
        attachment.end();
        claims.whileUntouched(this::closeStores);
        profiler.detached(attachment, Message.ALLOCATOR_CLOSED_LIVE);
    }

    private void closeStores() {
        final References refs = references;
        if (refs != null) {
            try {
                refs.clearAndClose(pageCount);
            } catch (RuntimeException | Error thrown) {
                failed(thrown, TagCodes.NONE);
            }
        }
        closed = true;
    }

    @Override
    public BitClaim claimBits(PageFlagsLayout.Field field) throws InterruptedException {
        return claims.claim(field);
    }

    @Override
    public void returnBits(PageFlagsLayout.Field field) throws InterruptedException {
        claims.giveBack(field);
    }

    @Override
    public List<PageFlagsLayout.Field> claimedBits() {
        return claims.claimed();
    }

    /** Lets new references in or not, as the profiler's switch says. */
    synchronized void recording(boolean on) {
        admitting = on && disabledReason == null && !closed;
        applyLimit();
    }

    /** Sets the largest code that the main store has room for. */
    synchronized void capacity(int code) {
        final References refs = references;
        if (refs != null) {
            refs.capacity(code);
            refs.limit(switched ? 0 : code);
            applyLimit();
        }
    }

    /** Lets new references return to the main store if the tags in use fit it again. */
    synchronized void returnIfFits() {
        final References refs = references;
        if (switched && refs != null && !closed && disabledReason == null && largestCodeInUse() <= refs.capacity()) {
            switched = false;
            overflowAsked = false;
            refs.limit(refs.capacity());
            applyLimit();
            final String what = "allocator '" + spec.name() + "': the tags in use fit into " + inStore()
                    + " again; new references return there";
            Daemon.info(Message.REFERENCES_RETURN, what);
            profiler.storageChanged(this, StorageChange.Kind.RETURN, what);
        }
    }

    /** Tells that the allocator has claimed bits. */
    void yielded(String what) {
        final String text = "allocator '" + spec.name() + "': " + what;
        Daemon.info(Message.BITS_YIELDED, text);
        profiler.storageChanged(this, StorageChange.Kind.YIELD, text);
    }

    /** Tells that the allocator has given bits back. */
    void widened(String what) {
        final String text = "allocator '" + spec.name() + "': " + what;
        Daemon.info(Message.REFERENCES_RETURN, text);
        profiler.storageChanged(this, StorageChange.Kind.RETURN, text);
        returnIfFits();
    }

    boolean isClosed() {
        return closed;
    }

    boolean hasFailed() {
        return storeFailed;
    }

    long pageCount() {
        return pageCount;
    }

    int largestCodeInUse() {
        return profiler.registry().codeBound() - 1;
    }

    private void applyLimit() {
        control.limit(admitting && references != null ? references.limit() : 0);
        if (storeFailed) { // meanwhile
            admitting = false;
            control.limit(0);
        }
    }

    /** Decides the overflow policy if tags up to this code are about to be used; logs what follows. */
    synchronized void decideOverflow(int code) {
        final References refs = references;
        if (refs == null || closed || disabledReason != null || code <= refs.capacity() || switched) {
            overflowAsked = switched; // bits may have been given back meanwhile
            return;
        }
        overflowAsked = true;
        final String what = "allocator '" + spec.name() + "': " + tag(code) + " has id "
                + (code - TagCodes.FIRST_TAG) + ", but the "
                + TagCodes.addressableTags(refs.capacity()) + " tags that " + inStore() + " can name are used up";
        switch (refs.hasOverflow() ? choice.policy() : OverflowPolicy.DISABLE) {
            case SWITCH -> {
                switched = true;
                refs.limit(0);
                control.limit(0);
                Daemon.warn(Message.OVERFLOW_SWITCH, what + "; new references go to " + overflowName);
                profiler.storageChanged(this, StorageChange.Kind.SWITCH, what);
            }
            case SPILL -> {
                if (attachment.firstSpill()) {
                    Daemon.warn(Message.OVERFLOW_SPILL, what + "; references that do not fit go to " + overflowName);
                    profiler.storageChanged(this, StorageChange.Kind.SPILL, what);
                }
            }
            case DISABLE -> {
                disabledReason = what;
                admitting = false;
                control.limit(0);
                Daemon.warn(Message.OVERFLOW_DISABLE, what + "; these pages are not profiled any more");
                profiler.storageChanged(this, StorageChange.Kind.DISABLE, what);
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
        } catch (RuntimeException | Error thrown) {
            failed(thrown, TagCodes.NONE);
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
        } catch (RuntimeException | Error thrown) {
            failed(thrown, TagCodes.NONE);
            return 0;
        }
    }

    /** Returns how many calls named a page or an order out of range. */
    long outOfRangeCount() {
        return outOfRange.get();
    }

    @Override
    public void moving() {
        if (census != null) {
            census.moving();
        }
    }

    @Override
    public void moved() {
        if (census != null) {
            census.moved();
        }
    }

    /** Counts what each tag owns here by looking at all pages. */
    Reading takeCensus() {
        if (census != null && !storeFailed) {
            try {
                return census.take(profiler.registry().codeBound());
            } catch (OutOfMemoryError none) { // the reader's own: the store is as it was
                throw none;
            } catch (RuntimeException | Error thrown) {
                failed(thrown, TagCodes.NONE);
            }
        }
        return Census.NOTHING;
    }

    /** Says whether a census would find a reference to a tag. */
    boolean isAnyTagged() {
        if (census != null && !storeFailed) {
            try {
                return census.isAnyTagged();
            } catch (OutOfMemoryError none) {
                throw none;
            } catch (RuntimeException | Error thrown) {
                failed(thrown, TagCodes.NONE);
            }
        }
        return false;
    }

    /** Says how often references were exchanged; -1 if some are being exchanged. */
    long moves() {
        return census == null ? 0 : census.moves();
    }

    /** Returns the package that may hold a flag word which is stamped and not stored yet; null if no word is. */
    @Nullable
    String stampingPackage() {
        return census != null && claims.field() != null ? allocatorPackage : null;
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
                final int told = orders.orderAt(pfn);
                final int order = told > spec.maxOrder() ? -1 : told; // a word that is being written
                if (order >= 0 && get(pfn) < TagCodes.FIRST_TAG) {
                    bytes += (long) spec.pageSize() << order;
                }
                pfn += 1L << Math.max(0, order);
            }
        } catch (RuntimeException | Error failure) { // the allocator's own code
            return OptionalLong.empty();
        }
        return storeFailed ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /** Takes the store out of use; on whatever thread noticed, without a lock, memory or the store's own code. */
    private void failed(Throwable thrown, int code) {
        if (code >= TagCodes.FIRST_TAG) {
            profiler.markInaccurate(code);
        }
        storeFailed = true;
        admitting = false;
        control.limit(0);
        if (failure == null) {
            failure = thrown;
            disabledReason = "its store failed";
            Daemon.executeAlways(reportFailure);
        }
    }

    /** Says once that a store failed, if one did; on the daemon thread. */
    void reportFailure() {
        final Throwable cause = failure;
        if (cause != null && failureReported.compareAndSet(false, true)) {
            final String reason = cause instanceof OrderLookUp.Failed
                    ? Objects.requireNonNull(cause.getMessage())
                    : "the store " + inStore() + " failed: " + Failures.describe(cause);
            disabledReason = reason;
            profiler.markLiveInaccurate(attachment);
            Daemon.warn(
                    Message.STORE_FAILED,
                    "allocator '" + spec.name() + "': these pages are not profiled any more, since " + reason,
                    cause);
            profiler.storageChanged(this, StorageChange.Kind.FAIL, reason);
        }
    }

    /**
     * Says whether profiling has ended while a store was storing an allocation. Only a virtual thread can be here then,
     * one that waited in the store: it is not counted yet, and its free would not be credited.
     */
    private boolean isLate(int code) {
        return code >= TagCodes.FIRST_TAG && profiler.state() == ProfilingState.COLD;
    }

    private String tag(int code) {
        final TagRecord record = profiler.registry().record(code);
        return record == null ? "a tag" : "tag " + PlaceText.of(record.place());
    }

    private String inStore() {
        final PageFlagsLayout.Field field = claims.field();
        return field == null ? storeName : field.bits() + " bits of " + storeName;
    }
}
