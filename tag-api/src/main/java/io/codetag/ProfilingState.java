package io.codetag;

/**
 * The states of profiling.
 *
 * @since 0.1
 */
public enum ProfilingState {
    /** Switched off before the first allocator was attached; nothing can switch it on. */
    NEVER,
    /** Off and nothing recorded is live: recording costs nothing. */
    COLD,
    /** Allocations are recorded and frees credited. */
    ON,
    /** Switched off while something recorded is live: allocations are not recorded, frees still credited. */
    DRAINING
}
