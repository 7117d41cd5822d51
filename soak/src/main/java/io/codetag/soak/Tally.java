package io.codetag.soak;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
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

    /** Claims of bits that were granted. */
    final LongAdder claims = new LongAdder();

    /** Claims that were refused, as they had to be. */
    final LongAdder refusals = new LongAdder();

    /** References that pools saw move for a claim; allocators that are shared do not tell. */
    final LongAdder moved = new LongAdder();

    /** Where ids are not used again, this is how many were handed out. */
    final LongAccumulator largestCode = new LongAccumulator(Math::max, 0);

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
