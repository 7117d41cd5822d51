package io.codetag.tools.page;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a server: few, daemons, and never held for long.
 *
 * <p>A request that is not done in time is interrupted, which closes its connection: a client that sends or reads slowly,
 * or not at all, does not keep a thread. Requests beyond a bound are refused by closing their connection.
 */
final class RequestPool implements Executor, AutoCloseable {
    static final int THREADS = 4;
    static final int WAITING = 64;

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor watch;
    private final Duration timeout;

    RequestPool(Duration timeout) {
        this.timeout = timeout;
        this.workers = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), daemon("codetag-page"));
        workers.allowCoreThreadTimeOut(true);
        this.watch = new ScheduledThreadPoolExecutor(1, daemon("codetag-page-watch"));
        watch.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void execute(Runnable request) {
        workers.execute(() -> runInTime(request));
    }

    @Override
    public void close() {
        workers.shutdownNow();
        watch.shutdownNow();
    }

    private void runInTime(Runnable request) {
        final Deadline deadline = new Deadline(Thread.currentThread());
        final ScheduledFuture<?> scheduled =
                watch.schedule(deadline::passed, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            request.run();
        } finally {
            scheduled.cancel(false);
            deadline.met();
        }
    }

    static ThreadFactory daemon(String name) {
        return task -> {
            final Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Interrupts a thread while it is busy with one request, and never when it has gone on to the next. */
    private static final class Deadline {
        private final Thread worker;
        private boolean done;

        Deadline(Thread worker) {
            this.worker = worker;
        }

        synchronized void passed() {
            if (!done) {
                worker.interrupt();
            }
        }

        synchronized void met() {
            done = true;
            Thread.interrupted(); // clears what came too late
        }
    }
}
