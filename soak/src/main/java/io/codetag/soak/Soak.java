package io.codetag.soak;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfoText;
import io.codetag.core.PlaceText;
import io.codetag.core.Profiler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A profiler, owners that work on it at the same time, and rounds at whose ends everything has to be exact.
 *
 * <p>In a round of one kind the owners do anything, and recording stays as it is; the model knows what has to be live. In
 * one of the other kind recording is switched all the time, and the owners free whatever they allocate in it.
 */
public final class Soak implements AutoCloseable {
    private static final int COMMON_TAGS = 30;
    private static final long PAUSE_NANOS = 1_000_000;

    private final Profiler profiler;
    private final List<Owner> owners = new ArrayList<>();
    private final SplittableRandom random;
    private final SplittableRandom claiming;
    private final boolean reusesIds;
    private final List<SharedPages> shared;
    private final Tally tally = new Tally();
    private List<AllocTag> failing;
    private boolean recording = true;
    private String firstDrift = "";

    /** Opens a profiler. */
    public Soak(long seed, int threads, String accounting, int stripes, List<PoolKind> kinds) {
        random = new SplittableRandom(seed);
        claiming = random.split();
        reusesIds = accounting.equals("counters");
        profiler = Profiler.builder()
                .profiling("1")
                .accounting(accounting)
                .headroom(0)
                .stripes(stripes)
                .build();
        final List<AllocTag> tags =
                new ArrayList<>(profiler.load("common", places(COMMON_TAGS)).tags());
        tags.add(profiler.space().untagged());
        failing = profiler.load("failing", places(3)).tags();
        shared = List.of(
                new SharedPages(profiler, OverflowPolicy.SPILL, tally),
                new SharedPages(profiler, OverflowPolicy.SWITCH, tally));
        for (int i = 0; i < threads; i++) {
            owners.add(new Owner(i, profiler, kinds, tags, shared, reusesIds, random.split(), tally));
        }
    }

    private static List<CodeTag> places(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(line -> CodeTag.of("soak.Common", "Common.java", line, "site"))
                .toList();
    }

    Tally tally() {
        return tally;
    }

    /** Returns what was found first where something was wrong. */
    String firstDrift() {
        return firstDrift;
    }

    long ownBytes() {
        return profiler.totals().ownBytes();
    }

    /** Runs a round and returns the drift after it: 0, or something is wrong. */
    public long round(int steps) {
        if (random.nextInt(4) == 0) {
            final boolean on = random.nextBoolean();
            recordAll(on);
        }
        if (random.nextInt(5) == 0) {
            final AtomicBoolean done = new AtomicBoolean();
            concurrently(owner -> owner.balanced(steps), done, () -> toggle(done));
            recordAll(recording);
        } else {
            final AtomicBoolean done = new AtomicBoolean();
            concurrently(owner -> owner.run(steps), done, () -> disturb(done));
        }
        return drift();
    }

    /** Credits and drops everything, and returns the drift after that. */
    public long end() {
        owners.forEach(Owner::end);
        return drift();
    }

    private void recordAll(boolean on) {
        recording = on;
        profiler.record(on);
        owners.forEach(owner -> owner.recording(on));
        tally.toggles.increment();
    }

    /** Each owner has a thread of its own, new in each round, which leaves its stripe behind; one more disturbs. */
    private void concurrently(Consumer<Owner> work, AtomicBoolean done, Runnable disturbance) {
        final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        final List<Thread> threads = new ArrayList<>();
        for (Owner owner : owners) {
            threads.add(new Thread(() -> work.accept(owner), "owner"));
        }
        final Thread disturber = new Thread(disturbance, "disturber");
        final List<Thread> all = new ArrayList<>(threads);
        all.add(disturber);
        all.forEach(thread -> thread.setUncaughtExceptionHandler((dead, cause) -> failure.compareAndSet(null, cause)));
        all.forEach(Thread::start);
        threads.forEach(Soak::join);
        done.set(true);
        join(disturber);
        final Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError(thrown.toString(), thrown);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void toggle(AtomicBoolean done) {
        for (int i = 0; !done.get(); i++) {
            profiler.record(i % 2 == 0);
            tally.toggles.increment();
            claim();
            read();
        }
        profiler.record(recording);
    }

    /** Reads, claims bits and gives them back, and has a backend of its own fail, until the owners are done. */
    private void disturb(AtomicBoolean done) {
        do {
            claim();
            read();
            fail();
            LockSupport.parkNanos(PAUSE_NANOS); // the owners are to have most of the time
        } while (!done.get());
    }

    private void claim() {
        shared.get(claiming.nextInt(shared.size())).claimOrGiveBack(claiming);
    }

    private void read() {
        try {
            final StringBuilder text = new StringBuilder();
            AllocInfoText.V2_0.write(profiler.snapshot(), text);
            profiler.storage();
            tally.reports.increment();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** An allocator whose backend throws sooner or later, with tags of its own, which have nothing live afterwards. */
    private void fail() {
        if (reusesIds) {
            failing = profiler.load("failing", places(3)).tags();
        }
        final List<AllocTag> tags = failing;
        try (PageTagger tagger = profiler.attach(PageSpec.builder("failing", Pool.MAX_PAGES, Pool.PAGE)
                .storage(HeapStores.FAULTY)
                .build())) {
            for (int i = 0; i < 100; i++) {
                tagger.add(i, 0, tags.get(i % 3));
                tagger.sub(i / 2, 0);
            }
            if (tagger.storage().disabledReason() != null) {
                tally.faults.increment();
            }
        }
        for (AllocTag tag : tags) {
            if (tag.counts().bytes() != 0 || tag.counts().calls() != 0) {
                throw new IllegalStateException(tag + " has " + tag.counts() + " after its allocator was closed");
            }
        }
    }

    private long drift() {
        final Map<String, long[]> difference = new HashMap<>();
        owners.forEach(owner -> owner.addTo(difference));
        for (AllocEntry entry : profiler.snapshot().entries()) {
            final long[] each = difference.computeIfAbsent(PlaceText.of(entry.place()), key -> new long[2]);
            each[0] -= entry.bytes();
            each[1] -= entry.calls();
        }
        long drift = 0;
        for (Map.Entry<String, long[]> each : difference.entrySet()) {
            final long off = Math.abs(each.getValue()[0]) + Math.abs(each.getValue()[1]);
            if (off != 0 && firstDrift.isEmpty()) {
                firstDrift = each.getKey() + ": model minus profiler " + each.getValue()[0] + " bytes, "
                        + each.getValue()[1] + " calls";
            }
            drift += off;
        }
        for (Owner owner : owners) {
            drift += owner.drift();
        }
        for (SharedPages pages : shared) {
            final long[] expected = new long[2];
            owners.forEach(owner -> owner.addTo(pages, expected));
            drift += pages.drift(expected[0], expected[1]);
        }
        if (drift != 0 && firstDrift.isEmpty()) {
            firstDrift = "totals of an allocator";
        }
        return drift;
    }

    @Override
    public void close() {
        shared.forEach(SharedPages::close);
        profiler.close();
    }
}
