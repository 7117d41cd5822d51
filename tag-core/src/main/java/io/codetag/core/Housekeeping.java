package io.codetag.core;

import io.codetag.AllocCounts;
import java.util.List;

/**
 * Looks after what was collected, unloaded or lost since the last time.
 *
 * <p><b>Thread safety.</b> A run needs the profiler's monitor; telling of a module does not.
 */
final class Housekeeping {
    private final Profiler profiler;
    private final TagRegistry registry;
    private final Attachments attachments;
    private final InaccurateTags inaccurate;
    private final Listeners listeners;

    /** Whether ids return; a census may overlook a block that moves. */
    private final boolean recycles;

    Housekeeping(
            Profiler profiler,
            Attachments attachments,
            InaccurateTags inaccurate,
            Listeners listeners,
            Accounting accounting) {
        this.profiler = profiler;
        this.registry = profiler.registry();
        this.attachments = attachments;
        this.inaccurate = inaccurate;
        this.listeners = listeners;
        this.recycles = accounting == Accounting.COUNTERS;
    }

    void run() {
        for (var gone = attachments.pollCollected(); gone != null; gone = attachments.pollCollected()) {
            profiler.detached(gone, Message.ALLOCATOR_COLLECTED_LIVE);
        }
        attachments.forEachPages(AttachedPages::reportFailure);
        inaccurate.tellUntold();
        registry.unloadCollected().forEach(this::unloaded);
        if (recycles) {
            registry.recycle(code -> {
                final AllocCounts live = profiler.counts(code);
                return live.calls() == 0 && live.bytes() == 0;
            });
        }
        attachments.forEachPages(AttachedPages::returnIfFits);
        registry.forgetEmptyModules();
    }

    /** Logs what an unloaded module left behind, and tells who listens. */
    void unloaded(Module module) {
        final List<Reading> read = profiler.readings();
        AllocCounts left = AllocCounts.ZERO;
        int tags = 0;
        for (TagRecord record : registry.snapshot()) {
            if (record.module() == module) {
                final AllocCounts live = Readings.live(read, record.code());
                if (live.calls() != 0 || live.bytes() != 0) {
                    left = left.plus(live);
                    tags++;
                    Daemon.warn(
                            Message.MODULE_UNLOADED_LIVE,
                            "the module of " + PlaceText.of(record.place()) + " was unloaded while it owns "
                                    + live.bytes() + " bytes in " + live.calls() + " calls");
                }
            }
        }
        final int owning = tags;
        final AllocCounts behind = left;
        listeners.tell(() -> new ModuleUnload(module.name(), owning, behind), ProfilerListener::moduleUnloaded);
    }
}
