package io.codetag.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;

/** What the profiler needs to know of threads. */
final class Threads {
    private static final MethodHandle IS_VIRTUAL = findIsVirtual();

    private Threads() {}

    /** Says whether the current thread is virtual; a constant on JVMs that have none. */
    static boolean currentIsVirtual() {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Creates and hands over a thread that keeps nothing of its creator alive. Before JDK 24 a thread inherits the
     * protection domains on the stack that creates it, and with them the class loader of a plugin that happens to
     * attach the first allocator; a worker of the common pool has only the JDK below it.
     */
    static void createDetached(Runnable body, String name, java.util.function.Consumer<Thread> taker) {
        ForkJoinPool.commonPool().execute(() -> {
            final Thread thread = new Thread(null, body, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Threads.class.getClassLoader());
            taker.accept(thread);
        });
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
