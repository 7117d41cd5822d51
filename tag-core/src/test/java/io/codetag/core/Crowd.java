package io.codetag.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that start at one instant; the first failure of any is the test's. */
final class Crowd {
    private static final long LIMIT_MILLIS = 60_000;

    private Crowd() {}

    static void run(int threads, Body body) throws InterruptedException {
        final List<Body> bodies = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            bodies.add(body);
        }
        run(bodies);
    }

    static void run(List<Body> bodies) throws InterruptedException {
        final CyclicBarrier start = new CyclicBarrier(bodies.size());
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            final int number = i;
            final Thread thread = new Thread(
                    () -> {
                        try {
                            start.await();
                            bodies.get(number).run(number);
                        } catch (Exception | Error thrown) {
                            failure.compareAndSet(null, thrown);
                        }
                    },
                    "crowd-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(LIMIT_MILLIS);
            if (thread.isAlive()) {
                final AssertionError stuck = new AssertionError(thread + " is stuck");
                stuck.setStackTrace(thread.getStackTrace());
                throw stuck;
            }
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get().toString(), failure.get());
        }
    }

    /** What a thread does. */
    @FunctionalInterface
    interface Body {
        void run(int number) throws Exception;
    }
}
