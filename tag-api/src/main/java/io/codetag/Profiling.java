package io.codetag;

import io.codetag.spi.ProfilerEngine;

/**
 * The switch of the process-wide profiler.
 *
 * <p>Counters stay exact through any number of toggles: what was recorded while on is credited when it is freed, also
 * while off.
 *
 * <p><b>Thread safety.</b> Safe. Switching makes the JIT compile recording code again, which can pause the program for
 * some milliseconds.
 *
 * @since 0.1
 */
public final class Profiling {
    private Profiling() {}

    /**
     * Returns the state.
     *
     * @return the state; {@link ProfilingState#COLD} before there is a profiler, {@link ProfilingState#NEVER} if none
     *     was found
     */
    public static ProfilingState state() {
        final ProfilerEngine engine = AllocTags.space().engine();
        if (engine != null) {
            return engine.state();
        }
        return AllocTags.isAbsent() ? ProfilingState.NEVER : ProfilingState.COLD;
    }

    /**
     * Records from now on.
     *
     * @throws IllegalStateException if profiling was set to {@code never}, or there is no profiler
     */
    public static void switchOn() {
        set(true);
    }

    /**
     * Records no new allocation from now on; frees of recorded ones are credited.
     *
     * @throws IllegalStateException if there is no profiler
     */
    public static void switchOff() {
        set(false);
    }

    private static void set(boolean on) {
        AllocTags.start();
        final ProfilerEngine engine = AllocTags.space().engine();
        if (engine == null) {
            throw new IllegalStateException("there is no profiler; put codetag-core beside codetag-api");
        }
        engine.record(on);
    }
}
