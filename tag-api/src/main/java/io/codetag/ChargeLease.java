package io.codetag;

import io.codetag.spi.ProfilerEngine;
import io.codetag.spi.RecordingSwitch;
import io.codetag.spi.TagStripe;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Counters for memory that is no page, kept by the caller in an object that one thread at a time owns: what
 * {@link AllocTag#charge} and {@link AllocTags#discharge} do without looking up the counters of the thread, which is most
 * of their cost.
 *
 * <pre>{@code
 * final class Worker implements Runnable { // one of a few, each with a thread of its own
 *     private static final AllocTag READ = AllocTags.here();
 *
 *     public void run() {
 *         try (ChargeLease charges = AllocTags.lease()) {
 *             for (Request request = queue.next(); request != null; request = queue.next()) {
 *                 Buffer buffer = pool.take();
 *                 int reference = charges.charge(READ, buffer.capacity());
 *                 request.readInto(buffer);
 *                 charges.discharge(reference, buffer.capacity());
 *                 pool.giveBack(buffer);
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A reference may be discharged by any lease of its tag space, or by none. Leases and threads that charge without one
 * share {@code codetag.stripes} counters (4 a CPU) of which each has one writer. Whoever comes when none is left gets one
 * that others write too, at the cost of an atomic addition each time, and keeps it: a lease until it is closed. So take one
 * for each worker, not for each connection. One that is dropped without being closed keeps its counters from others. It keeps
 * its profiler alive.
 *
 * <p><b>Errors.</b> Charging and discharging never throw. A closed lease still counts, by the counters of the thread.
 *
 * <p><b>Thread safety.</b> None: one thread at a time, and what one has done happens before the next one's use.
 *
 * @since 0.1
 */
public final class ChargeLease implements AutoCloseable {
    private final TagSpace space;

    /** Null before there is a profiler, and once this is closed; together with the stripe. */
    private @Nullable ProfilerEngine engine;

    private @Nullable TagStripe stripe;
    private boolean closed;

    ChargeLease(TagSpace space) {
        this.space = space;
    }

    /**
     * Counts one call and some bytes.
     *
     * @param tag who allocates; nothing is counted for a tag of another space
     * @param bytes how much, 0 or more
     * @return a reference to keep with the memory; 0 if nothing was counted
     */
    public int charge(AllocTag tag, long bytes) {
        if (!RecordingSwitch.allocating() || tag.space() != space) {
            return 0;
        }
        final ProfilerEngine profiler = engine;
        final TagStripe counters = stripe;
        if (profiler == null || counters == null) {
            return bind() ? charge(tag, bytes) : space.charge(tag, bytes);
        }
        try {
            final int code = tag.code(null);
            return code == 0 ? 0 : profiler.charge(counters, code, bytes);
        } finally {
            Reference.reachabilityFence(tag); // its id must not return before it is counted
        }
    }

    /**
     * Credits memory to the tag that was charged. Trusts its caller.
     *
     * @param reference what {@link #charge} or {@link AllocTag#charge} returned for a tag of this space; 0 does nothing
     * @param bytes how much was charged
     */
    public void discharge(int reference, long bytes) {
        if (reference == 0 || !RecordingSwitch.freeing()) {
            return;
        }
        final ProfilerEngine profiler = engine;
        final TagStripe counters = stripe;
        if (profiler != null && counters != null) {
            profiler.discharge(counters, reference, bytes);
        } else if (bind()) {
            discharge(reference, bytes);
        } else {
            space.discharge(reference, bytes);
        }
    }

    /** Gives the counters back. What was charged stays charged. */
    @Override
    public void close() {
        final ProfilerEngine profiler = engine;
        final TagStripe counters = stripe;
        closed = true;
        engine = null;
        stripe = null;
        if (profiler != null && counters != null) {
            profiler.chargeStripes().release(counters);
        }
    }

    /** Takes counters as soon as there is a profiler. */
    private boolean bind() {
        final ProfilerEngine profiler = closed ? null : space.engine();
        if (profiler == null) {
            return false;
        }
        stripe = profiler.chargeStripes().lease();
        engine = profiler;
        return true;
    }
}
