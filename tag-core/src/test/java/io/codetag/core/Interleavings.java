package io.codetag.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs two threads in every order of their steps. A step ends where a thread calls {@link #step}; one thread runs at a
 * time, and which one is decided by a schedule that is counted through until all have been tried.
 *
 * <p>A thread may wait for the other to be between two of its operations: then the other one is run until it is.
 */
final class Interleavings {
    private static final int SIDES = 2;

    /** What was chosen at each point, and whether there was a choice. */
    private final List<Integer> choices = new ArrayList<>();

    private final List<Boolean> open = new ArrayList<>();
    private int depth;
    private final Semaphore[] turn = {new Semaphore(0), new Semaphore(0)};
    private final Semaphore decide = new Semaphore(0);
    private final boolean[] ended = new boolean[SIDES];
    private final boolean[] inside = new boolean[SIDES];
    private final boolean[] awaiting = new boolean[SIDES];
    private volatile Throwable failure;

    /**
     * Tries all orders.
     *
     * @param body makes the two threads' programs anew for each order, and checks afterwards
     * @return how many orders there were
     */
    static int all(Consumer<Interleavings> body) {
        final Interleavings run = new Interleavings();
        int orders = 0;
        do {
            run.depth = 0;
            body.accept(run);
            orders++;
        } while (run.next());
        return orders;
    }

    /** Runs the two programs to their ends in the order that is next. */
    void run(Runnable left, Runnable right) {
        final Thread[] threads = {start(0, left), start(1, right)};
        while (!(ended[0] && ended[1])) {
            turn[choose()].release();
            decide.acquireUninterruptibly();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (failure != null) {
            throw new AssertionError("in the order " + choices.subList(0, depth), failure);
        }
    }

    /** Ends a step of the calling thread. */
    void step(int side) {
        decide.release();
        turn[side].acquireUninterruptibly();
    }

    /** Says that an operation of a thread begins or ends here. */
    void operation(int side, boolean begins) {
        inside[side] = begins;
    }

    /** Waits until the operation that the other thread is in, if any, has ended. */
    void awaitOther(int side) {
        while (inside[1 - side]) {
            awaiting[side] = true;
            step(side);
            awaiting[side] = false;
        }
    }

    private Thread start(int side, Runnable program) {
        ended[side] = false;
        inside[side] = false;
        final Thread thread = new Thread(
                () -> {
                    turn[side].acquireUninterruptibly();
                    try {
                        program.run();
                    } catch (RuntimeException | Error thrown) {
                        failure = thrown;
                    }
                    inside[side] = false;
                    ended[side] = true;
                    decide.release();
                },
                "side-" + side);
        thread.start();
        return thread;
    }

    private int choose() {
        final boolean choice = canRun(0) && canRun(1);
        final int forced = canRun(0) ? 0 : 1;
        if (depth == choices.size()) {
            choices.add(choice ? 0 : forced);
            open.add(choice);
        }
        return choices.get(depth++);
    }

    private boolean canRun(int side) {
        return !ended[side] && !(awaiting[side] && inside[1 - side]);
    }

    /** Goes on to the next order: the last choice that was the left thread becomes the right one. */
    private boolean next() {
        for (int i = depth - 1; i >= 0; i--) {
            if (open.get(i) && choices.get(i) == 0) {
                choices.set(i, 1);
                choices.subList(i + 1, choices.size()).clear();
                open.subList(i + 1, open.size()).clear();
                return true;
            }
        }
        return false;
    }
}
