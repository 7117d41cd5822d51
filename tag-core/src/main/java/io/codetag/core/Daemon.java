package io.codetag.core;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of the profiler, for the whole process: does what must not happen on a recording thread's stack.
 *
 * <p>Takes tasks without locking (a recording thread never waits), and looks after every live profiler about once a
 * second. A shutdown hook runs what is left at exit.
 */
final class Daemon {
    private static final int MAX_WAITING = 10_000;
    private static final int EXIT_SECONDS = 5;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RECOVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Logger LOG = LoggerFactory.getLogger("io.codetag");
    private static final Queue<Runnable> TASKS = new ConcurrentLinkedQueue<>();

    /** What may take long, such as starting the platform's management: done when nothing else waits. */
    private static final Queue<Runnable> SLOW_TASKS = new ConcurrentLinkedQueue<>();

    /** Held while tasks are run, so that each message is written whole, in order, and before the process ends. */
    private static final ReentrantLock RUNNING = new ReentrantLock();

    /** Made before memory may run out. */
    private static final Runnable REPORT_DROPPED = Daemon::logDropped;

    private static final AtomicInteger WAITING = new AtomicInteger();
    private static final AtomicInteger DROPPED = new AtomicInteger();
    private static final Queue<WeakReference<Profiler>> PROFILERS = new ConcurrentLinkedQueue<>();

    private static volatile @Nullable Thread thread;
    private static boolean created;

    private Daemon() {}

    /** Starts the thread if need be, and looks after a profiler for as long as it is reachable and open. */
    static void watch(Profiler profiler) {
        PROFILERS.add(new WeakReference<>(profiler));
        synchronized (Daemon.class) {
            if (created) {
                return;
            }
            created = true;
        }
        Threads.onStackOfOwn(Daemon::start);
    }

    private static void start() {
        final Thread runner = Threads.createDetached(Daemon::run, "codetag");
        thread = runner;
        runner.start();
        try {
            Runtime.getRuntime().addShutdownHook(Threads.createDetached(Daemon::runAtExit, "codetag-exit"));
        } catch (IllegalStateException exiting) { // a shutdown hook attached the first allocator
            LOG.debug("the JVM is exiting already: what is logged from now on may be lost", exiting);
        }
    }

    static void unwatch(Profiler profiler) {
        PROFILERS.removeIf(reference -> reference.get() == profiler || reference.get() == null);
    }

    /** Hands over a task that may take long: messages and names go first, and at exit it is left out. */
    static void executeSlow(Runnable task) {
        SLOW_TASKS.add(task);
        LockSupport.unpark(thread);
    }

    /** Hands over a message or a name; neither blocks nor throws, and drops it when too many wait. */
    static void execute(Runnable task) {
        if (WAITING.get() < MAX_WAITING) {
            executeAlways(task);
        } else {
            DROPPED.incrementAndGet();
        }
    }

    /**
     * Hands over a task that something depends on, of which there are few. Says whether it was taken: it is dropped only
     * for want of memory.
     */
    static boolean executeAlways(Runnable task) {
        WAITING.incrementAndGet();
        try {
            TASKS.add(task);
        } catch (OutOfMemoryError none) {
            WAITING.decrementAndGet();
            DROPPED.incrementAndGet();
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    /** Waits until everything handed over before has been done. */
    static void flush() {
        synchronized (Daemon.class) {
            if (!created || Thread.currentThread() == thread) {
                return;
            }
        }
        final CountDownLatch done = new CountDownLatch(1);
        executeAlways(done::countDown);
        try {
            if (!done.await(10, TimeUnit.SECONDS)) {
                LOG.debug("the daemon thread of codetag did not answer within 10 s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void info(Message message, String text) {
        log(() -> LOG.info("[{}] {}", message.code(), text));
    }

    static void warn(Message message, String text) {
        log(() -> LOG.warn("[{}] {}", message.code(), text));
    }

    static void warn(Message message, String text, Throwable cause) {
        log(() -> {
            try {
                LOG.warn("[{}] {}", message.code(), text, cause);
            } catch (RuntimeException | Error unprintable) { // the cause is a backend's, and foreign code
                LOG.warn("[{}] {}", message.code(), text, unprintable);
            }
        });
    }

    /** Logs at once on the daemon thread itself, so that who waits for a task also waits for what it logs. */
    private static void log(Runnable message) {
        // Never waits: whoever runs tasks meanwhile, at exit, may wait for a lock that is held here, and comes to it.
        if (Thread.currentThread() != thread || !RUNNING.tryLock()) {
            execute(message);
            return;
        }
        try {
            runOne(message);
        } finally {
            RUNNING.unlock();
        }
    }

    private static void run() {
        long last = System.nanoTime();
        while (true) {
            try {
                last = turn(last);
            } catch (Throwable noMemory) { // tasks are caught one by one; between them only memory can be missing
                LockSupport.parkNanos(Daemon.class, RECOVERY_NANOS);
            }
        }
    }

    /** Does what there is to do, or waits for it; returns when profilers were last looked after. */
    private static long turn(long last) {
        runTasks();
        final Runnable slow = SLOW_TASKS.poll();
        if (slow != null) {
            runOne(slow);
            return last;
        }
        final long now = System.nanoTime();
        if (now - last >= PERIOD_NANOS) {
            lookAfterProfilers();
            return now;
        }
        if (TASKS.isEmpty()) {
            LockSupport.parkNanos(Daemon.class, PERIOD_NANOS - (now - last));
            Thread.interrupted(); // nobody's business to end this thread: it is a daemon
        }
        return last;
    }

    /**
     * Runs what is left. Also waits for the task that the daemon thread is at, but not for ever: a logging provider that
     * hangs must not keep the process from ending.
     */
    private static void runAtExit() {
        try {
            if (RUNNING.tryLock(EXIT_SECONDS, TimeUnit.SECONDS)) {
                try {
                    runTasks();
                } finally {
                    RUNNING.unlock();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void runTasks() {
        RUNNING.lock();
        try {
            for (Runnable task = TASKS.poll(); task != null; task = TASKS.poll()) {
                WAITING.decrementAndGet();
                reportDropped(); // first, so that who waits for a task also finds what was dropped before it
                runOne(task);
            }
            reportDropped();
        } finally {
            RUNNING.unlock();
        }
    }

    private static void reportDropped() {
        if (DROPPED.get() > 0) {
            runOne(REPORT_DROPPED);
        }
    }

    private static void logDropped() {
        LOG.warn(
                "[{}] {} messages or tasks were dropped, since {} were waiting",
                Message.MESSAGES_DROPPED.code(),
                DROPPED.getAndSet(0),
                MAX_WAITING);
    }

    private static void lookAfterProfilers() {
        for (var each = PROFILERS.iterator(); each.hasNext(); ) {
            final Profiler profiler = each.next().get();
            if (profiler == null) {
                each.remove();
                SwitchBoard.update(); // it was not closed, and may have been on
            } else {
                runOne(profiler::housekeep);
            }
        }
    }

    /** Runs a task, or foreign code that is a part of one: what it throws is logged, and goes no further. */
    static void runOne(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) { // a logging provider may throw anything; this thread goes on
            report(failure);
        }
    }

    private static void report(Throwable failure) {
        try {
            LOG.warn("[{}] a task of the profiler failed", Message.HOUSEKEEPING_FAILED.code(), failure);
        } catch (Throwable again) {
            // The logging provider itself is broken: there is nobody left to tell.
            return;
        }
    }
}
