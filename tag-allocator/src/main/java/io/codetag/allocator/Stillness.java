package io.codetag.allocator;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out that nobody is inside a cache, at no cost for those who are.
 *
 * <p>A look at all stacks makes every thread pass a safepoint. What a thread did before is visible after it, and what it
 * does after sees what was done before it. So {@code inside} tells then who is inside, and whoever enters later
 * sees that the cache is shut.
 */
final class Stillness {
    private static final long PAUSE_NANOS = 20_000;

    private Stillness() {}

    /**
     * Waits until the owners of some caches, all of them shut, have left.
     *
     * @return those caches whose owners have; the others were held up for too long
     */
    static PageCache[] reach(PageCache[] caches, long mostNanos) {
        if (!passSafepoint(caches)) {
            return new PageCache[0];
        }
        final long start = System.nanoTime();
        return Arrays.stream(caches)
                .filter(cache -> hasLeft(cache, start + mostNanos))
                .toArray(PageCache[]::new);
    }

    /** Waits until every operation that began before this call has ended; the caches stay open. */
    static void await(PageCache[] caches) throws InterruptedException {
        if (!passSafepoint(caches)) {
            throw new IllegalStateException("the stacks of all threads cannot be looked at");
        }
        for (PageCache cache : caches) {
            while (cache.isInsideAcquire()) { // once seen outside, what began before has ended
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean hasLeft(PageCache cache, long deadline) {
        while (cache.isInsideAcquire()) {
            if (cache.isOwnedBy(Thread.currentThread()) || System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /** Says whether it could: not if there is no memory for the stacks. */
    private static boolean passSafepoint(PageCache[] caches) {
        try {
            return caches.length == 0 || !Thread.getAllStackTraces().isEmpty();
        } catch (OutOfMemoryError none) {
            return false;
        }
    }
}
