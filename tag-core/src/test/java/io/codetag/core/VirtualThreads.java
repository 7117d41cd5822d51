package io.codetag.core;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;

/** Virtual threads, on JDKs that have them. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** Starts a virtual thread; skips the test on a JDK without. */
    static Thread start(Runnable body) throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 21, "this JDK has no virtual threads");
        final Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        return (Thread) start.invoke(null, body);
    }
}
