package io.codetag.core;

import com.google.auto.service.AutoService;
import io.codetag.TagSpace;
import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.ProfilerProvider;

/**
 * Makes the process-wide profiler; found by the vocabulary through {@link java.util.ServiceLoader}.
 *
 * @since 0.1
 */
@AutoService(ProfilerProvider.class)
public final class CoreProfilerProvider implements ProfilerProvider {
    /** For the service loader. */
    public CoreProfilerProvider() {}

    @Override
    public ProfilerEngine create(TagSpace space) {
        return Profiler.createDefault(space).engine();
    }
}
