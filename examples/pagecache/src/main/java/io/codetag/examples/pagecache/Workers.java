package io.codetag.examples.pagecache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of threads, all gone when this is closed. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;

    /**
     * Starts the threads.
     *
     * @param count how many
     */
    Workers(int count) {
        final AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(
                count, task -> new Thread(task, "page-cache-worker-" + number.incrementAndGet()));
    }

    /** A piece of work that deals with unreadable files by itself. */
    @FunctionalInterface
    interface Task {
        /**
         * Does it.
         *
         * @throws IOException if the whole run cannot go on
         */
        void run() throws IOException;
    }

    /**
     * Does all tasks and waits for them.
     *
     * @param tasks the tasks
     * @throws IOException the first failure
     */
    void run(List<? extends Task> tasks) throws IOException {
        final List<Callable<Boolean>> calls = new ArrayList<>(tasks.size());
        for (Task task : tasks) {
            calls.add(() -> {
                task.run();
                return true;
            });
        }
        try {
            for (Future<Boolean> result : threads.invokeAll(calls)) {
                result.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
        } catch (ExecutionException failure) {
            throw new IOException("a worker failed: " + failure.getCause(), failure.getCause());
        }
    }

    /** Waits for the threads to end. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
