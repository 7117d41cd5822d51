package io.codetag.tools.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for the next of moments that lie evenly apart; ones that have passed are left out, not made up for. */
final class Pace {
    private final long interval;
    private long next;

    Pace(Duration interval) {
        this.interval = interval.toNanos();
        this.next = System.nanoTime();
    }

    /** Waits for the next moment. */
    void await() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanosLeft());
    }

    /** Goes on to the next moment, and returns how far off it is. */
    long nanosLeft() {
        final long now = System.nanoTime();
        next += interval;
        if (next - now < 0) {
            next = now;
        }
        return next - now;
    }
}
