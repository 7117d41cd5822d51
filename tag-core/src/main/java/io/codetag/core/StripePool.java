package io.codetag.core;

import io.codetag.spi.HeapSizes;
import io.codetag.spi.TagStripe;
import io.codetag.spi.TagStripes;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The stripes of one set of counters.
 *
 * <pre>
 *   exclusive:  free --current()--> leased by a thread --thread dead--> free
 *               free --lease()----> leased by a caller --release()----> free
 *   shared:     as many as CPUs, for whoever comes when no exclusive one is left, and for virtual threads
 * </pre>
 *
 * A stripe keeps its counts when it changes hands. At most {@code maxExclusive} exclusive and {@code CPUs} shared
 * stripes exist. A thread keeps the stripe it was given first.
 */
final class StripePool extends TagStripes {
    private final int rows;
    private final int maxExclusive;
    private final int sharedMask;

    @SuppressWarnings("ThreadLocalUsage") // one for each set of counters, which goes with its allocator
    private final ThreadLocal<TagStripe> own = new ThreadLocal<>();

    private final TagStripe[] shared;

    /** Guarded by this. */
    private final Deque<TagStripe> free = new ArrayDeque<>();

    /** Guarded by this. */
    private final List<Lease> leases = new ArrayList<>();

    /** Leased to callers and not yet given back. Guarded by this. */
    private final Set<TagStripe> callers = new HashSet<>();

    /** Every stripe there is; replaced, never changed. Written under this. */
    private volatile TagStripe[] all;

    private int exclusive;

    StripePool(int rows, int maxExclusive) {
        this.rows = rows;
        this.maxExclusive = maxExclusive;
        final int count = Integer.highestOneBit(Math.max(1, Runtime.getRuntime().availableProcessors() * 2 - 1));
        this.sharedMask = count - 1;
        this.shared = new TagStripe[count];
        for (int i = 0; i < count; i++) {
            shared[i] = new TagStripe(rows, true);
        }
        this.all = shared.clone();
    }

    @Override
    public TagStripe current() {
        if (Threads.currentIsVirtual()) {
            return sharedOfThread();
        }
        final TagStripe stripe = own.get();
        return stripe != null ? stripe : enlist();
    }

    @Override
    public synchronized TagStripe lease() {
        try {
            final TagStripe stripe = takeExclusive();
            if (stripe != null) {
                callers.add(stripe);
                return stripe;
            }
        } catch (OutOfMemoryError none) { // at worst an exclusive stripe stays unused
            return sharedOfThread();
        }
        return sharedOfThread();
    }

    @Override
    public synchronized void release(TagStripe stripe) {
        if (callers.remove(stripe)) { // neither shared, nor another set's, nor given back before
            free.push(stripe);
        }
    }

    /** Returns every stripe that may hold a count. */
    TagStripe[] stripes() {
        return all;
    }

    long bytesOccupied() {
        final TagStripe[] stripes = all;
        long bytes = 2 * HeapSizes.references(stripes.length);
        for (TagStripe stripe : stripes) {
            bytes += stripe.bytesOccupied();
        }
        return bytes;
    }

    private TagStripe enlist() {
        TagStripe stripe;
        try {
            synchronized (this) {
                stripe = takeExclusive();
                if (stripe != null) {
                    leases.add(new Lease(new WeakReference<>(Thread.currentThread()), stripe));
                } else {
                    stripe = sharedOfThread();
                }
            }
            own.set(stripe);
        } catch (OutOfMemoryError none) {
            stripe = sharedOfThread(); // at worst an exclusive stripe stays unused
        }
        return stripe;
    }

    private @org.jspecify.annotations.Nullable TagStripe takeExclusive() {
        if (free.isEmpty() && exclusive >= maxExclusive) {
            reclaim();
        }
        if (!free.isEmpty()) {
            return free.pop();
        }
        if (exclusive >= maxExclusive) {
            return null;
        }
        final TagStripe stripe = new TagStripe(rows, false);
        final TagStripe[] more = java.util.Arrays.copyOf(all, all.length + 1);
        more[all.length] = stripe;
        all = more;
        exclusive++;
        return stripe;
    }

    /** Takes back the stripes of dead threads; all they did happened before {@code isAlive} says no. */
    private void reclaim() {
        for (Iterator<Lease> each = leases.iterator(); each.hasNext(); ) {
            final Lease lease = each.next();
            final Thread thread = lease.thread.get();
            if (thread == null || !thread.isAlive()) {
                each.remove();
                free.push(lease.stripe);
            }
        }
    }

    private TagStripe sharedOfThread() {
        final long id = Thread.currentThread().getId();
        return shared[(int) (id ^ id >>> 16) & sharedMask];
    }

    /** An exclusive stripe and the thread that writes it. */
    private record Lease(WeakReference<Thread> thread, TagStripe stripe) {}
}
