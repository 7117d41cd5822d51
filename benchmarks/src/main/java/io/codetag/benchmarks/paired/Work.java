package io.codetag.benchmarks.paired;

/** Something to be timed, by one thread at a time. */
public interface Work {
    /**
     * Does it.
     *
     * @param pairs how many allocations, and as many frees; a multiple of 64
     */
    void run(int pairs);

    /** What happens before each time that is taken, and is not timed itself. */
    default void before() {}
}
