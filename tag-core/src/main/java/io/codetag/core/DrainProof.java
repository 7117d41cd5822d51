package io.codetag.core;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Set;

/**
 * Shows that no thread is inside a recording method, without a cost for those that record.
 *
 * <p>After allocations were switched off, a thread may still be between its look at the switch and its count. One dump
 * of all stacks at a safepoint tells: who is not in a recording method there will see the switch off. A thread that
 * carries a virtual one counts as recording, since the virtual thread's own frames are not shown; a virtual thread that
 * waits inside a recording method looks at the profiler's state again when it goes on.
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

    private DrainProof() {}

    /** Says whether no other thread was recording at one moment during this call. */
    static boolean nobodyRecords() {
        final long self = Thread.currentThread().getId();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false, MAX_DEPTH)) {
            if (thread != null && thread.getThreadId() != self && isRecording(thread)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRecording(ThreadInfo thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (RECORDING.contains(frame.getClassName())) {
                return true;
            }
        }
        return false;
    }
}
