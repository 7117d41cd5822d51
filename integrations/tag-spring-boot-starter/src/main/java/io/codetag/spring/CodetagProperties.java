package io.codetag.spring;

import io.codetag.OverflowPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be set in the configuration of an application. Settings of the profiler that are not set are taken from the
 * system property of that name, then from the environment, then from the default.
 *
 * @param enabled whether the profiler is started with the application, and has an endpoint and meters
 * @param profiling how profiling begins: 1, 0 or never; 1,compressed and 0,compressed mean storage pageflags
 * @param storage where references are kept: auto, pageflags, pageext, or the name of another backend
 * @param overflow what happens when a tag does not fit the storage
 * @param accounting how live memory is counted
 * @param stripes exclusive stripes of each set of counters, 0 to 65536
 * @param pageflags settings of the backend pageflags
 * @param headroom for how many tags more than known a store should have room, 0 to 1048576
 * @param debug whether misuse of a tagger is reported, once for each call site
 * @param metrics the meters
 * @since 0.1
 */
@ConfigurationProperties("codetag")
public record CodetagProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String profiling,
        @Nullable String storage,
        @Nullable OverflowPolicy overflow,
        @Nullable String accounting,
        @Nullable Integer stripes,
        @DefaultValue PageFlags pageflags,
        @Nullable Integer headroom,
        @Nullable Boolean debug,
        @DefaultValue Metrics metrics) {
    /**
     * Settings of the backend {@code pageflags}.
     *
     * @param maxBits how many bits of a flag word tags may take, 0 to 64
     * @since 0.1
     */
    public record PageFlags(@Nullable Integer maxBits) {}

    /**
     * Settings of the meters.
     *
     * @param enabled whether there are meters
     * @param top how many tags, and how many allocators, have series of their own, 0 to 10000
     * @param maxAge for how long one snapshot of the profiler is used, 1 ms to 1 h
     * @param untracked whether each collection also walks the blocks of every allocator to find what has no tag
     * @since 0.1
     */
    public record Metrics(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("50") int top,
            @DefaultValue("500ms") Duration maxAge,
            @DefaultValue("false") boolean untracked) {}
}
