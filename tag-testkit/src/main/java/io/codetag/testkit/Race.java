package io.codetag.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts several threads at the same instant and waits for all of them, but not for ever. */
final class Race {
    private static final long LIMIT_SECONDS = 60;

    private Race() {}

    /** Runs one body in several threads, each with its own number, and returns when all are done. */
    static void run(int threads, Body body) {
        final List<Body> bodies = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            bodies.add(body);
        }
        run(bodies);
    }

    /** Runs several bodies, each in its own thread, and returns when all are done; the first failure is thrown. */
    static void run(List<? extends Body> bodies) {
        final CyclicBarrier start = new CyclicBarrier(bodies.size());
        final ExecutorService threads = Executors.newFixedThreadPool(bodies.size(), Race::daemon);
        try {
            final List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < bodies.size(); i++) {
                running.add(threads.submit(starting(bodies.get(i), i, start)));
            }
            for (Future<Void> thread : running) {
                join(thread);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** A thread that is stuck fails its test, and must not keep the JVM from ending. */
    private static Thread daemon(Runnable body) {
        final Thread thread = new Thread(body, "race");
        thread.setDaemon(true);
        return thread;
    }

    private static Callable<Void> starting(Body body, int number, CyclicBarrier start) {
        return () -> {
            try {
                start.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (BrokenBarrierException | TimeoutException failure) {
                throw new AssertionError("the threads did not start together", failure);
            }
            body.run(number);
            return null;
        };
    }

    private static void join(Future<Void> thread) {
        try {
            thread.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof AssertionError assertion) {
                assertion.addSuppressed(failure); // keeps the trace of the waiting thread
                throw assertion;
            }
            throw new AssertionError("a thread failed", failure.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("a thread was not done after " + LIMIT_SECONDS + " s", late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    interface Body {
        void run(int thread) throws Exception;
    }
}
