package io.codetag.benchmarks.paired;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Times the variants in turn, in rounds, in a new random order in each. */
final class PairedRun {
    private static final int STEP = 64;
    private static final int MAX_ROUNDS = 50_000;

    private final List<List<Work>> variants;
    private final Crew crew;
    private final long sampleNanos;
    private final Random random;
    private final List<Integer> order = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param variants for each variant what each thread does; the first variant is the baseline
     * @param sampleNanos how long one time shall be
     * @param seed of the order
     */
    PairedRun(List<List<Work>> variants, Crew crew, long sampleNanos, long seed) {
        this.variants = variants;
        this.crew = crew;
        this.sampleNanos = sampleNanos;
        this.random = new Random(seed);
        for (int i = 0; i < variants.size(); i++) {
            order.add(i);
        }
    }

    /** Runs untimed rounds, for the JIT, then timed ones. */
    Samples run(long warmUpNanos, long measureNanos) {
        int pairs = STEP;
        final WarmUp warmUp = new WarmUp(warmUpNanos);
        do {
            final long[] times = round(pairs);
            // Until a sample of the baseline is as long as it shall be; the JIT shortens it several times.
            pairs = Math.max(STEP, (int) (pairs * Math.min(2.0, (double) sampleNanos / times[0])) / STEP * STEP + STEP);
        } while (!warmUp.isOver());
        final List<long[]> rounds = new ArrayList<>();
        final long end = System.nanoTime() + measureNanos;
        while (rounds.size() < MAX_ROUNDS && (System.nanoTime() < end || rounds.size() < 3)) {
            rounds.add(round(pairs));
        }
        return new Samples(pairs, rounds);
    }

    private long[] round(int pairs) {
        Collections.shuffle(order, random);
        final long[] times = new long[variants.size()];
        for (int variant : order) {
            times[variant] = crew.time(variants.get(variant), pairs);
        }
        return times;
    }
}
