package io.codetag.core;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows that no thread is inside a recording method that it entered before allocations were switched off, without a cost
 * for those that record.
 *
 * <p>After allocations were switched off, a thread may still be between its look at the switch and its count. Dumps of
 * all stacks at a safepoint tell: who is not in a recording method there will see the switch off, whatever it enters
 * later. So each thread has to be seen outside once. A thread that carries a virtual one counts as recording, since the
 * virtual thread's own frames are not shown; a virtual thread that waits inside a recording method looks at the profiler's
 * state again when it goes on.
 *
 * <p><b>Thread safety.</b> None: the profiler's monitor.
 */
final class DrainProof {
    /** Deeper than any recording method goes. */
    private static final int MAX_DEPTH = 128;

    private static final Set<String> RECORDING = Set.of(
            "io.codetag.PageTagger",
            "io.codetag.AllocTag",
            "io.codetag.AllocTags",
            "io.codetag.TagSpace",
            "io.codetag.core.AttachedPages",
            "io.codetag.core.Engine",
            "jdk.internal.vm.Continuation");

    /** Threads that have not been seen outside; null before the first look. */
    private @Nullable Set<Long> inside;

    /**
     * Takes a look, and says whether every other thread has been seen outside.
     *
     * @param stamping packages whose classes may hold a word with a reference that is not stored yet
     */
    boolean nobodyRecords(Set<String> stamping) {
        final Set<Long> left = inside;
        if (left != null && left.isEmpty()) {
            return true;
        }
        final long self = Thread.currentThread().getId();
        final Set<Long> recording = new HashSet<>();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false, MAX_DEPTH)) {
            if (thread != null && thread.getThreadId() != self && isRecording(thread, stamping)) {
                recording.add(thread.getThreadId());
            }
        }
        if (left != null) {
            recording.retainAll(left);
        }
        inside = recording;
        return recording.isEmpty();
    }

    private static boolean isRecording(ThreadInfo thread, Set<String> stamping) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            final String type = frame.getClassName();
            if (RECORDING.contains(type) || stamping.contains(type.substring(0, Math.max(0, type.lastIndexOf('.'))))) {
                return true;
            }
        }
        return false;
    }
}
