package io.codetag.benchmarks.paired;

/** One copy of the allocator and its profiler, set up as one variant. */
public interface WorkFactory {
    /**
     * Makes what one thread does.
     *
     * @param workload what
     * @param thread which of the threads, from 0 on
     * @param threads how many there are; each gets pages of its own
     * @return the work, on the allocator that all works of this factory share
     */
    Work create(Workload workload, int thread, int threads);
}
