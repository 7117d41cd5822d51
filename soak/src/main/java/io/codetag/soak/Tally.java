package io.codetag.soak;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What was done so far. */
final class Tally {
    final LongAdder operations = new LongAdder();
    final LongAdder faults = new LongAdder();
    final LongAdder attached = new LongAdder();
    final LongAdder loaded = new LongAdder();
    final LongAdder reports = new LongAdder();
    final LongAdder toggles = new LongAdder();
    final LongAdder collected = new LongAdder();
    final Queue<WeakReference<ClassLoader>> loaders = new ConcurrentLinkedQueue<>();

    /** Counts the class loaders that were collected since. */
    void countCollected() {
        for (var each = loaders.iterator(); each.hasNext(); ) {
            if (each.next().refersTo(null)) {
                each.remove();
                collected.increment();
            }
        }
    }
}
