package io.codetag.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;

/** What the profiler needs to know of threads. */
final class Threads {
    private static final MethodHandle IS_VIRTUAL = findIsVirtual();

    private Threads() {}

    /**
     * Says whether the current thread is virtual; a constant on JVMs that have none. The JVM may need memory for the
     * first calls: where there is none the answer is yes, which is the safe one, a shared stripe.
     */
    static boolean currentIsVirtual() {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (OutOfMemoryError none) {
            return true;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Runs an action that creates threads, and waits for it. They keep nothing of the caller alive: before JDK 24 a
     * thread inherits the protection domains on the stack that creates it, and with them the class loader of a plugin
     * that happens to attach the first allocator. A worker of a pool has only the JDK below it; the pool is one of its
     * own, since the common one may be busy with the program's work, or have no worker at all.
     */
    static void onStackOfOwn(Runnable creation) {
        final ForkJoinPool pool = new ForkJoinPool(1);
        try {
            pool.submit(creation).join();
        } finally {
            pool.shutdown();
        }
    }

    /** Creates a daemon thread that inherits neither the group, the class loader nor the values of its creator. */
    static Thread createDetached(Runnable body, String name) {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        final Thread thread = new Thread(root, body, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Threads.class.getClassLoader());
        return thread;
    }

    private static MethodHandle findIsVirtual() {
        final MethodType type = MethodType.methodType(boolean.class);
        try {
            return MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", type);
        } catch (NoSuchMethodException | IllegalAccessException before21) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        }
    }
}
