package io.codetag.examples.pagecache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says how far the work is: a bar on a real terminal, a few lines elsewhere.
 *
 * <p><b>Thread safety.</b> {@link #advance} is called by all workers, the rest by the main thread.
 */
abstract class Progress implements AutoCloseable {
    private final long intervalNanos;
    private final LongAdder done = new LongAdder();
    private final AtomicLong nextShow = new AtomicLong();
    private volatile String phase = "";
    private volatile long total = 1;

    /**
     * For the two kinds.
     *
     * @param intervalNanos how long to wait before anything is shown again
     */
    Progress(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /**
     * Begins a phase.
     *
     * @param name what is done
     * @param bytes how much
     */
    final void begin(String name, long bytes) {
        phase = name;
        total = Math.max(1, bytes);
        done.reset();
        nextShow.set(System.nanoTime() + intervalNanos);
    }

    /**
     * Notes that some of it is done.
     *
     * @param bytes how much
     */
    final void advance(long bytes) {
        done.add(bytes);
        final long now = System.nanoTime();
        final long due = nextShow.get();
        if (now - due >= 0 && nextShow.compareAndSet(due, now + intervalNanos)) {
            show(phase, Math.min(done.sum(), total), total);
        }
    }

    /** Ends a phase: whatever was drawn gives way to the next line. */
    abstract void end();

    /**
     * Shows how far it is; called by one thread at a time, and not often.
     *
     * @param name the phase
     * @param bytes how much is done
     * @param of how much there is, at least 1
     */
    abstract void show(String name, long bytes, long of);

    @Override
    public abstract void close();
}
