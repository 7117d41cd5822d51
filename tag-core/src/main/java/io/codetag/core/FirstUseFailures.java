package io.codetag.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Allocations that stayed untracked because the first use of their tag failed or re-entered: counted each, told once.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class FirstUseFailures {
    private final TagRegistry registry;
    private final AtomicLong count = new AtomicLong();

    FirstUseFailures(TagRegistry registry) {
        this.registry = registry;
    }

    long count() {
        return count.get();
    }

    /** Counts one more; on the recording thread, and perhaps without memory. */
    void add() {
        final boolean first = count.getAndIncrement() == 0;
        try {
            if (first) {
                Daemon.warn(
                        Message.FIRST_USE_FAILED,
                        "the first use of a tag failed or re-entered; such allocations stay untracked, resolve() the"
                                + " tag beforehand to avoid it");
            }
            if (registry.isFull() && registry.firstFull()) {
                Daemon.warn(
                        Message.IDS_EXHAUSTED,
                        "all " + TagRegistry.MAX_TAGS
                                + " tag ids are in use; allocations by further tags are untracked");
            }
        } catch (OutOfMemoryError again) {
            return; // it is counted
        }
    }
}
