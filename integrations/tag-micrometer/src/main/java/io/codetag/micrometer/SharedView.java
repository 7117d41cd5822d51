package io.codetag.micrometer;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the profiler once for all meters that are read together. */
final class SharedView {
    /*
     * A registry has no hook that tells when a collection begins; it only asks one meter after the other. So the first
     * meter that is asked takes a snapshot, and the others use it while it is not older than maxAge.
     *
     * Which tags have series must not change in the middle of that, or a tag would be counted twice, in its new series
     * and among the others, or not at all. So a snapshot is parted by the series that there are, and if it shows that
     * others should have them, that is done after maxAge, when the snapshot is not used any more: for the collection
     * after this one.
     *
     *   collection      first meter asked         ...others...        maxAge later
     *   ──────────►  read, part by series  ──►  use the same  ──►  change series, drop the view
     */
    private final Source source;
    private final int limit;
    private final long maxAgeNanos;
    private final LongSupplier clock;
    private final Executor later;
    private final Runnable seriesOutdated;

    private SeriesSet series = SeriesSet.NONE;
    private boolean told;
    private volatile @Nullable Dated latest;

    /**
     * Makes a reader.
     *
     * @param source what is read
     * @param limit how many tags, and how many allocators, may have series
     * @param maxAgeNanos how long a snapshot is used
     * @param clock nanoseconds, as from {@link System#nanoTime}
     * @param later runs tasks after {@code maxAgeNanos}
     * @param seriesOutdated is run by {@code later} when other things should have series
     */
    SharedView(
            Source source, int limit, long maxAgeNanos, LongSupplier clock, Executor later, Runnable seriesOutdated) {
        this.source = source;
        this.limit = limit;
        this.maxAgeNanos = maxAgeNanos;
        this.clock = clock;
        this.later = later;
        this.seriesOutdated = seriesOutdated;
    }

    /** Returns the values of the current collection. */
    View view() {
        final Dated present = latest;
        return present != null && isFresh(present) ? present.view : read();
    }

    /** Says which things should have series, by a new snapshot, and parts values by these from now on. */
    synchronized SeriesSet select() {
        series = View.read(source, limit, series).largest();
        told = false;
        latest = null;
        return series;
    }

    private synchronized View read() {
        final Dated present = latest;
        if (present != null && isFresh(present)) { // another thread was faster
            return present.view;
        }
        final View view = View.read(source, limit, series);
        latest = new Dated(view, clock.getAsLong());
        if (!told && !view.largest().equals(series)) {
            told = true;
            later.execute(seriesOutdated);
        }
        return view;
    }

    private boolean isFresh(Dated dated) {
        return clock.getAsLong() - dated.nanos < maxAgeNanos;
    }

    /** Values and when they were read. */
    private record Dated(View view, long nanos) {}
}
