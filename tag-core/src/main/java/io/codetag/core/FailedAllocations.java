package io.codetag.core;

import io.codetag.PageSpec;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is logged when an allocator could not serve: who owns the memory.
 *
 * <p><b>Thread safety.</b> Safe, and lock-free.
 */
final class FailedAllocations {
    private final Profiler profiler;
    private final AtomicBoolean reporting = new AtomicBoolean();

    FailedAllocations(Profiler profiler) {
        this.profiler = profiler;
    }

    /** Logs the ten largest tags, on the daemon thread; skipped while an earlier log is being written. */
    void report(PageSpec spec, int order) {
        if (!reporting.compareAndSet(false, true)) {
            return;
        }
        try {
            final boolean taken = Daemon.executeAlways(() -> {
                try {
                    final String heading = "allocator '" + spec.name() + "' could not serve " + (1L << order)
                            + " pages of " + spec.pageSize() + " bytes";
                    StorageMessages.top(heading, profiler.snapshot(), profiler.state());
                } finally {
                    reporting.set(false);
                }
            });
            if (!taken) {
                reporting.set(false);
            }
        } catch (OutOfMemoryError none) {
            reporting.set(false);
        }
    }
}
