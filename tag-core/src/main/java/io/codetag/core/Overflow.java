package io.codetag.core;

import io.codetag.OverflowPolicy;
import io.codetag.spi.TagCodes;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of references that the main store of one allocator's pages has no room for: the overflow policy, and how
 * far it has come.
 *
 * <pre>
 *   main store --policy switch--> overflow store --tags in use fit again--> main store
 *   main store --policy spill--> main store, and the overflow store for what does not fit
 *   main store --policy disable--> pages disabled
 * </pre>
 *
 * <p><b>Thread safety.</b> Whether a code is admitted may be asked by any thread; all else is guarded by the attached
 * pages' monitor.
 */
final class Overflow {
    private final AttachedPages pages;
    private final String allocator;
    private final Attachment attachment;
    private final TagRegistry registry;
    private final OverflowPolicy policy;

    /** Asked for once: a backend's own code is not called where blocks are recorded. */
    private final @Nullable String storeName;

    /** Whether somebody has asked for a decision that still holds. */
    private volatile boolean asked;

    /** Whether policy {@code switch} has sent all new references to the overflow store. */
    private boolean switched;

    Overflow(AttachedPages pages, String allocator, Attachment attachment, TagRegistry registry, StoreChoice choice) {
        this.pages = pages;
        this.allocator = allocator;
        this.attachment = attachment;
        this.registry = registry;
        this.policy = choice.policy();
        this.storeName = choice.overflow() == null ? null : choice.overflow().name();
    }

    @Nullable
    String storeName() {
        return storeName;
    }

    /** Says whether a reference above the limit is recorded. */
    boolean admits(References references, int code) {
        if (code > references.capacity() && !asked) {
            ask(code);
        }
        return (policy != OverflowPolicy.DISABLE || code <= references.capacity()) && references.canHold(code);
    }

    /** Has the policy decided on the daemon thread; at the next allocation again if there is no memory to ask. */
    private void ask(int code) {
        asked = true;
        try {
            if (!Daemon.executeAlways(() -> pages.decideOverflow(code))) {
                asked = false;
            }
        } catch (OutOfMemoryError none) {
            asked = false;
        }
    }

    /** Returns the largest code that is newly stored in a main store of some capacity. */
    int limit(int capacity) {
        return switched ? 0 : capacity;
    }

    /** Decides if tags up to this code are about to be used; logs what follows. */
    void decide(@Nullable References references, int code) {
        if (references == null || !pages.isProfiled() || code <= references.capacity() || switched) {
            asked = switched; // bits may have been given back meanwhile
            return;
        }
        asked = true;
        final String what = "allocator '" + allocator + "': " + tag(code) + " has id " + (code - TagCodes.FIRST_TAG)
                + ", but the " + TagCodes.addressableTags(references.capacity()) + " tags that " + pages.inStore()
                + " can name are used up";
        switch (references.hasOverflow() ? policy : OverflowPolicy.DISABLE) {
            case SWITCH -> {
                switched = true;
                references.limit(0);
                pages.applyLimit();
                Daemon.warn(Message.OVERFLOW_SWITCH, what + "; new references go to " + storeName);
                pages.changed(StorageChange.Kind.SWITCH, what);
            }
            case SPILL -> {
                if (attachment.firstSpill()) {
                    Daemon.warn(Message.OVERFLOW_SPILL, what + "; references that do not fit go to " + storeName);
                    pages.changed(StorageChange.Kind.SPILL, what);
                }
            }
            case DISABLE -> {
                pages.disable(what);
                Daemon.warn(Message.OVERFLOW_DISABLE, what + "; these pages are not profiled any more");
                pages.changed(StorageChange.Kind.DISABLE, what);
            }
        }
    }

    /** Lets new references return to the main store if the tags in use fit it again. */
    void returnIfFits(@Nullable References references) {
        if (switched && references != null && pages.isProfiled() && pages.largestCodeInUse() <= references.capacity()) {
            switched = false;
            asked = false;
            references.limit(references.capacity());
            pages.applyLimit();
            final String what = "allocator '" + allocator + "': the tags in use fit into " + pages.inStore()
                    + " again; new references return there";
            Daemon.info(Message.REFERENCES_RETURN, what);
            pages.changed(StorageChange.Kind.RETURN, what);
        }
    }

    private String tag(int code) {
        final TagRecord record = registry.record(code);
        return record == null ? "a tag" : "tag " + PlaceText.of(record.place());
    }
}
