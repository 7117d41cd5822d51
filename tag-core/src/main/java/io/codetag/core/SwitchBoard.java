package io.codetag.core;

import io.codetag.ProfilingState;
import io.codetag.spi.RecordingSwitch;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** Derives the process-wide switch from the states of all live profilers. */
final class SwitchBoard {
    private static final List<WeakReference<Profiler>> PROFILERS = new ArrayList<>();

    private SwitchBoard() {}

    static synchronized void add(Profiler profiler) {
        PROFILERS.add(new WeakReference<>(profiler));
        update();
    }

    static synchronized void remove(Profiler profiler) {
        PROFILERS.removeIf(reference -> reference.get() == profiler);
        update();
    }

    /** Sets the switch to what the profilers need; called after each change of a profiler's state. */
    static synchronized void update() {
        boolean allocating = false;
        boolean freeing = false;
        for (var each = PROFILERS.iterator(); each.hasNext(); ) {
            final Profiler profiler = each.next().get();
            if (profiler == null) {
                each.remove();
            } else {
                final ProfilingState state = profiler.state();
                allocating |= state == ProfilingState.ON;
                freeing |= state == ProfilingState.ON || state == ProfilingState.DRAINING;
            }
        }
        RecordingSwitch.set(allocating, freeing);
    }
}
