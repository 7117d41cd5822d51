package io.codetag.tools.report;

import io.codetag.ProfilingState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a source of reports.
 *
 * @param samples one report, or a series of them, oldest first; at least one
 * @param state the state of profiling, where the report tells it
 * @param notes what a person should know about what was read, one sentence each
 * @since 0.1
 */
public record Reading(List<Sample> samples, @Nullable ProfilingState state, List<String> notes) {
    /**
     * Copies the lists.
     *
     * @param samples one report or more
     * @param state the state of profiling
     * @param notes what a person should know
     */
    public Reading {
        samples = List.copyOf(samples);
        notes = List.copyOf(notes);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no sample");
        }
    }

    /**
     * Makes a reading of which there is nothing more to say.
     *
     * @param samples one report or more
     * @return the reading
     */
    public static Reading of(List<Sample> samples) {
        return new Reading(samples, null, List.of());
    }

    /**
     * Returns the newest report.
     *
     * @return the last sample
     */
    public Sample last() {
        return samples.get(samples.size() - 1);
    }
}
