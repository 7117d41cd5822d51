package io.codetag.examples.pluginhost;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Bounded waiting for what the JVM and the profiler's daemon do in their own time. */
final class Waiting {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PAUSE_MILLIS = 20;

    private Waiting() {}

    /** Collects garbage until an object is gone; says whether it went. */
    static boolean collected(WeakReference<?> reference) throws InterruptedException {
        return until(() -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    /** Waits until something holds; says whether it came to hold. */
    static boolean until(BooleanSupplier condition) throws InterruptedException {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }
}
