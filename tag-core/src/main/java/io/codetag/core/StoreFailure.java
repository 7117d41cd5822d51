package io.codetag.core;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The failure of the stores of one allocator's pages: noted by whoever met it, told once on the daemon thread.
 *
 * <p><b>Thread safety.</b> Safe, without a lock.
 */
final class StoreFailure {
    private final Profiler profiler;
    private final Attachment attachment;
    private final AttachedPages pages;

    /** Made before memory may run out. */
    private final Runnable tell = this::tell;

    private final AtomicBoolean told = new AtomicBoolean();

    private volatile @Nullable Throwable cause;

    StoreFailure(Profiler profiler, Attachment attachment, AttachedPages pages) {
        this.profiler = profiler;
        this.attachment = attachment;
        this.pages = pages;
    }

    /** Notes the first failure, and has it told; needs no memory. */
    void note(Throwable thrown) {
        if (cause == null) {
            cause = thrown;
            pages.disable("its store failed");
            Daemon.executeAlways(tell);
        }
    }

    /** Says once that a store failed, if one did. */
    void tell() {
        final Throwable first = cause;
        if (first != null && told.compareAndSet(false, true)) {
            final String reason = first instanceof OrderLookUp.Failed
                    ? Objects.requireNonNull(first.getMessage())
                    : "the store " + pages.inStore() + " failed: " + Failures.describe(first);
            pages.disable(reason);
            profiler.inaccurate().markOwners(attachment);
            Daemon.warn(
                    Message.STORE_FAILED,
                    "allocator '" + attachment.name() + "': these pages are not profiled any more, since " + reason,
                    first);
            pages.changed(StorageChange.Kind.FAIL, reason);
        }
    }
}
