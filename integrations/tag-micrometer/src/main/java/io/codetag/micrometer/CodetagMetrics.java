package io.codetag.micrometer;

import io.codetag.core.Profiler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one profiler, whose names begin with {@code codetag.}: live bytes and calls by tag, pages and storage by
 * allocator, and totals.
 *
 * <p>The largest tags by bytes, 50 unless told otherwise, have a series each; the rest is one series more, with the file
 * {@code other} and no line. So sums over series are sums over tags. A tag that becomes one of the largest gets its
 * series with the collection after the one that found out; the series of a tag that is not one of them any more goes
 * away, and its memory is counted among the others.
 *
 * <p>Names in labels are written as text reports write them, except that blanks stay blanks.
 *
 * <p><b>Thread safety.</b> Safe. Any number of registries may be bound and collect at once.
 *
 * @since 0.1
 */
public final class CodetagMetrics implements MeterBinder, AutoCloseable {
    private final Iterable<Tag> common;
    private final boolean untracked;
    private final SharedView shared;
    private final List<Meters> bound = new ArrayList<>(); // guards itself and the series
    private @Nullable SeriesSet series;
    private boolean closed;

    /** Makes the meters of the process-wide profiler, with the defaults; starts it if need be. */
    public CodetagMetrics() {
        this(builder(), Source.of(Profiler.get(), false), System::nanoTime, null);
    }

    CodetagMetrics(Builder builder, Source source, LongSupplier clock, @Nullable Executor executor) {
        this.common = builder.tags;
        this.untracked = builder.untracked;
        final long nanos = builder.maxAge.toNanos();
        final Executor later =
                executor != null ? executor : CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS);
        this.shared = new SharedView(source, builder.top, nanos, clock, later, this::changeSeries);
    }

    /**
     * Begins with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds the meters to a registry.
     *
     * @param registry the registry; once each
     * @throws IllegalStateException if this was closed
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        synchronized (bound) {
            if (closed) {
                throw new IllegalStateException("these metrics were closed; make new ones to bind a registry");
            }
            if (series == null) {
                series = shared.select();
            }
            final Meters meters = new Meters(registry, common, shared::view, untracked);
            bound.add(meters);
            meters.show(series);
        }
    }

    /** Takes all meters away from the registries they were added to. Closing again does nothing. */
    @Override
    public void close() {
        synchronized (bound) {
            closed = true;
            bound.forEach(Meters::remove);
            bound.clear();
        }
    }

    private void changeSeries() {
        synchronized (bound) {
            if (!closed) {
                final SeriesSet now = shared.select();
                series = now;
                bound.forEach(meters -> meters.show(now));
            }
        }
    }

    /**
     * Collects choices. Not safe for use by several threads.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final int MAX_TOP = 10_000;

        private @Nullable Profiler profiler;
        private int top = 50;
        private Duration maxAge = Duration.ofMillis(500);
        private boolean untracked;
        private Tags tags = Tags.empty();

        private Builder() {}

        /**
         * Sets whose meters they are.
         *
         * @param isolated the profiler; the process-wide one unless set
         * @return this
         */
        public Builder profiler(Profiler isolated) {
            this.profiler = Objects.requireNonNull(isolated, "isolated");
            return this;
        }

        /**
         * Bounds the number of series.
         *
         * @param n how many tags, and how many allocators, have series of their own, 0 to 10 000; 50 unless set
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder top(int n) {
            if (n < 0 || n > MAX_TOP) {
                throw new IllegalArgumentException("top is " + n + "; accepted: 0 to " + MAX_TOP);
            }
            this.top = n;
            return this;
        }

        /**
         * Sets for how long one snapshot of the profiler is used: longer than a registry takes to read all meters,
         * shorter than the time between two collections.
         *
         * @param age 1 ms to 1 h; 500 ms unless set
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder maxAge(Duration age) {
            if (age.compareTo(Duration.ofMillis(1)) < 0 || age.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("maxAge is " + age + "; accepted: 1 ms to 1 h");
            }
            this.maxAge = age;
            return this;
        }

        /**
         * Adds a meter for the bytes of allocated pages without a tag. Each collection then walks the blocks of each
         * allocator, which takes time for each page.
         *
         * @param wanted whether it is added; false unless set
         * @return this
         */
        public Builder untracked(boolean wanted) {
            this.untracked = wanted;
            return this;
        }

        /**
         * Adds labels to all meters, such as the name of the profiler where a registry has the meters of several.
         *
         * @param more the labels
         * @return this
         */
        public Builder tags(Iterable<Tag> more) {
            this.tags = tags.and(more);
            return this;
        }

        /**
         * Makes the meters.
         *
         * @return the meters, to be bound to registries
         */
        public CodetagMetrics build() {
            final Profiler from = profiler == null ? Profiler.get() : profiler;
            return new CodetagMetrics(this, Source.of(from, untracked), System::nanoTime, null);
        }
    }
}
