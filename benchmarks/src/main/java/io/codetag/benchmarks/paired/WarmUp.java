package io.codetag.benchmarks.paired;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Says when the JIT has done its work: after some time at least, and when it has compiled nothing for a while. */
final class WarmUp {
    private static final int AT_MOST = 6;

    private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final long begin = System.nanoTime();
    private final long nanos;
    private long compiledMillis;
    private long quietSince = begin;

    /**
     * Begins.
     *
     * @param nanos how long it takes at least; of that at least the last half is to pass without compilation, unless it
     *     takes six times as long
     */
    WarmUp(long nanos) {
        this.nanos = nanos;
    }

    boolean isOver() {
        final long now = System.nanoTime();
        final long millis = compiler == null ? 0 : compiler.getTotalCompilationTime();
        if (millis != compiledMillis) {
            compiledMillis = millis;
            quietSince = now;
        }
        return (now - begin >= nanos && now - quietSince >= nanos / 2) || now - begin >= AT_MOST * nanos;
    }
}
