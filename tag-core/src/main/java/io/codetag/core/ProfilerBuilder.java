package io.codetag.core;

import io.codetag.OverflowPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Collects the settings of an isolated profiler. What is not set here comes from the system property, then the
 * environment, then the default.
 *
 * @since 0.1
 */
public final class ProfilerBuilder {
    private final Map<String, String> settings = new HashMap<>();
    private String name = "isolated";
    private boolean managed;

    ProfilerBuilder() {}

    /**
     * Sets the name, for messages and management.
     *
     * @param profilerName the name
     * @return this builder
     */
    public ProfilerBuilder name(String profilerName) {
        name = Objects.requireNonNull(profilerName, "profilerName");
        return this;
    }

    /**
     * Registers the profiler with the platform's MBean server, as the process-wide one is.
     *
     * @return this builder
     */
    public ProfilerBuilder managed() {
        managed = true;
        return this;
    }

    /**
     * Sets how profiling begins.
     *
     * @param value {@code 1}, {@code 0} or {@code never}
     * @return this builder
     */
    public ProfilerBuilder profiling(String value) {
        return set(Settings.PROFILING, value);
    }

    /**
     * Sets the storage backend.
     *
     * @param value {@code auto} or the name of a backend
     * @return this builder
     */
    public ProfilerBuilder storage(String value) {
        return set(Settings.STORAGE, value);
    }

    /**
     * Sets the overflow policy.
     *
     * @param value the policy
     * @return this builder
     */
    public ProfilerBuilder overflow(OverflowPolicy value) {
        return set(Settings.OVERFLOW, Settings.name(value));
    }

    /**
     * Sets the way of accounting.
     *
     * @param value {@code counters} or {@code census}
     * @return this builder
     */
    public ProfilerBuilder accounting(String value) {
        return set(Settings.ACCOUNTING, value);
    }

    /**
     * Bounds the exclusive stripes of each set of counters.
     *
     * @param value how many, 0 to 65 536
     * @return this builder
     */
    public ProfilerBuilder stripes(int value) {
        return set(Settings.STRIPES, Integer.toString(value));
    }

    /**
     * Bounds the bits of a flag word that tags may take.
     *
     * @param value the budget, 0 to 64
     * @return this builder
     */
    public ProfilerBuilder maxBits(int value) {
        return set(Settings.MAX_BITS, Integer.toString(value));
    }

    /**
     * Sets how many tags more than known a store should have room for.
     *
     * @param value how many, 0 to 1 048 576
     * @return this builder
     */
    public ProfilerBuilder headroom(int value) {
        return set(Settings.HEADROOM, Integer.toString(value));
    }

    /**
     * Sets whether misuse is reported.
     *
     * @param value true to report it
     * @return this builder
     */
    public ProfilerBuilder debug(boolean value) {
        return set(Settings.DEBUG, Boolean.toString(value));
    }

    /**
     * Makes the profiler.
     *
     * @return the profiler, to be closed
     * @throws IllegalArgumentException if a setting is wrong; the message names it and what is accepted
     */
    public Profiler build() {
        return Profiler.createIsolated(name, Settings.read(settings), managed);
    }

    private ProfilerBuilder set(String setting, String value) {
        settings.put(setting, Objects.requireNonNull(value, setting));
        return this;
    }
}
