package io.codetag.core;

import io.codetag.BitClaim;
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

    private final PageSums sums;
    private final PageMisuse misuse;
    private final Overflow overflow;
    private final StoreFailure failure;

    /** Asked for once: a backend's own code is not called where blocks are recorded. */
    private final String storeName;

    /** Guarded by this when written. */
    private volatile boolean admitting;

    private volatile boolean closed;

    /** A store that threw is not called again. */
    private volatile boolean storeFailed;

    private volatile @Nullable String disabledReason;
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
        this.sums = new PageSums(this, spec, attachment, profiler.registry(), census);
        this.misuse = new PageMisuse(this, spec, allocatorPackage, profiler.misuse());
        this.overflow = new Overflow(this, spec.name(), attachment, profiler.registry(), choice);
        this.failure = new StoreFailure(profiler, attachment, this);
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
        return code <= refs.limit() || overflow.admits(refs, code) ? code : TagCodes.NONE;
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
        profiler.inaccurate().loseCounts(code);
    }

    @Override
    public void addedOntoLive(long pfn, int order, int code) {
        misuse.addedOntoLive(pfn, order);
    }

    @Override
    public void freedNone(long pfn, int order) {
        misuse.freedNone(pfn, order);
    }

    @Override
    public void outOfRange(long pfn, int order) {
        misuse.outOfRange(pfn, order);
    }

    @Override
    public void allocationFailed(int order) {
        profiler.failedAllocations().report(spec, order);
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
                overflow.storeName(),
                refs == null || disabledReason != null ? 0 : refs.limit(),
                refs != null && refs.hasEscaped(),
                disabledReason,
                bytesOccupied(),
                choice.reason());
    }

    @Override
    public PageTotals totals() {
        return sums.totals();
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
            refs.limit(overflow.limit(code));
            applyLimit();
        }
    }

    /** Lets new references return to the main store if the tags in use fit it again. */
    synchronized void returnIfFits() {
        overflow.returnIfFits(references);
    }

    /** Tells that the allocator has claimed bits. */
    void yielded(String what) {
        final String text = "allocator '" + spec.name() + "': " + what;
        Daemon.info(Message.BITS_YIELDED, text);
        changed(StorageChange.Kind.YIELD, text);
    }

    /** Tells that the allocator has given bits back. */
    void widened(String what) {
        final String text = "allocator '" + spec.name() + "': " + what;
        Daemon.info(Message.REFERENCES_RETURN, text);
        changed(StorageChange.Kind.RETURN, text);
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

    /** Lets nothing new in, for good. */
    void disable(String reason) {
        disabledReason = reason;
        admitting = false;
        control.limit(0);
    }

    boolean isDisabled() {
        return disabledReason != null;
    }

    /** Says whether references are, or may again be, recorded here. */
    boolean isProfiled() {
        return !closed && disabledReason == null;
    }

    /** Tells who listens. */
    void changed(StorageChange.Kind kind, String why) {
        profiler.storageChanged(this, kind, why);
    }

    /** Tells the tagger the largest code that it may stamp; under the monitor. */
    void applyLimit() {
        control.limit(admitting && references != null ? references.limit() : 0);
        if (storeFailed) { // meanwhile
            admitting = false;
            control.limit(0);
        }
    }

    /** Decides the overflow policy if tags up to this code are about to be used; logs what follows. */
    synchronized void decideOverflow(int code) {
        overflow.decide(references, code);
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
        return misuse.outOfRangeCount();
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

    /** Returns what these pages add up to. */
    PageSums sums() {
        return sums;
    }

    /** Returns the package that may hold a flag word which is stamped and not stored yet; null if no word is. */
    @Nullable
    String stampingPackage() {
        return census != null && claims.field() != null ? allocatorPackage : null;
    }

    /** Takes the store out of use; on whatever thread noticed, without a lock, memory or the store's own code. */
    void failed(Throwable thrown, int code) {
        if (code >= TagCodes.FIRST_TAG) {
            profiler.inaccurate().mark(code);
        }
        storeFailed = true;
        admitting = false;
        control.limit(0);
        failure.note(thrown);
    }

    /** Says once that a store failed, if one did; on the daemon thread. */
    void reportFailure() {
        failure.tell();
    }

    /**
     * Says whether profiling has ended while a store was storing an allocation. Only a virtual thread can be here then,
     * one that waited in the store: it is not counted yet, and its free would not be credited.
     */
    private boolean isLate(int code) {
        return code >= TagCodes.FIRST_TAG && profiler.state() == ProfilingState.COLD;
    }

    /** Names the main store in messages. */
    String inStore() {
        final PageFlagsLayout.Field field = claims.field();
        return field == null ? storeName : field.bits() + " bits of " + storeName;
    }
}
