package io.codetag.allocator;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Assumptions;

/** Virtual threads, where the JVM has them. */
final class VirtualThreads {
    private VirtualThreads() {}

    /** Starts one; skips the test before JDK 21. */
    static Thread start(Runnable body) throws Exception {
        try {
            final Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) start.invoke(null, body);
        } catch (NoSuchMethodException before21) {
            Assumptions.abort("this JVM has no virtual threads");
            throw before21;
        }
    }
}
