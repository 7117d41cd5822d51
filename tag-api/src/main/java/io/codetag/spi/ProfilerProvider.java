package io.codetag.spi;

import io.codetag.TagSpace;

/**
 * Makes the process-wide profiler. Found by {@link java.util.ServiceLoader} when the first allocator is attached, the
 * first report is read, or profiling is started explicitly.
 *
 * @since 0.1
 */
public interface ProfilerProvider {
    /**
     * Makes the profiler behind the static façade; called once.
     *
     * @param space the process-wide tag space
     * @return the profiler
     * @throws IllegalArgumentException if a setting is wrong; the message names it, the accepted values and the remedy
     */
    ProfilerEngine create(TagSpace space);
}
