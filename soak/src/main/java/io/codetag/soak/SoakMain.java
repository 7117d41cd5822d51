package io.codetag.soak;

import io.codetag.OverflowPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Runs rounds for some time and says what was done. The exit status is 0 if there was never a drift and memory stayed
 * flat, 1 otherwise.
 *
 * <p>Arguments: {@code seconds=N}, {@code threads=N}, {@code seed=N}, {@code accounting=NAME}.
 *
 * <p>Flat means: with counters nothing grows, since ids return; with a census nothing but what each tag costs whose id was
 * handed out, which is said and has a bound.
 */
public final class SoakMain {
    private static final int STEPS = 20_000;
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Without policy {@code disable}: another owner's module decides there when recording ends. */
    static final List<PoolKind> LOSSLESS = List.of(
            new PoolKind("pageflags", 30, OverflowPolicy.SWITCH, false),
            new PoolKind("pageflags", 30, OverflowPolicy.SWITCH, true),
            new PoolKind("pageflags", 4, OverflowPolicy.SPILL, false),
            new PoolKind("pageflags", 4, OverflowPolicy.SPILL, true),
            new PoolKind("pageflags", 6, OverflowPolicy.SWITCH, false),
            new PoolKind("pageflags", 6, OverflowPolicy.SWITCH, true),
            new PoolKind("pageext", 0, OverflowPolicy.SWITCH, false),
            new PoolKind("pageext", 0, OverflowPolicy.SPILL, true),
            new PoolKind(HeapStores.NAME, 0, OverflowPolicy.SWITCH, false),
            new PoolKind("auto", 20, OverflowPolicy.SWITCH, true));

    private SoakMain() {}

    public static void main(String[] args) {
        final Map<String, String> given = new TreeMap<>();
        for (String argument : args) {
            final int equals = argument.indexOf('=');
            if (equals < 0
                    || !List.of("seconds", "threads", "seed", "accounting").contains(argument.substring(0, equals))) {
                throw new IllegalArgumentException(
                        "'" + argument + "'; accepted: seconds=N, threads=N, seed=N, accounting=NAME");
            }
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        final boolean sound = run(
                Long.parseLong(given.getOrDefault("seconds", "600")),
                Integer.parseInt(given.getOrDefault("threads", "2")),
                Long.parseLong(given.getOrDefault(
                        "seed", Long.toString(ThreadLocalRandom.current().nextLong()))),
                given.getOrDefault("accounting", "counters"));
        if (!sound) {
            System.exit(1);
        }
    }

    /** Runs, prints, and says whether all was well. */
    static boolean run(long seconds, int threads, long seed, String accounting) {
        System.out.println(
                "soak of " + seconds + " s, " + threads + " threads, accounting " + accounting + ", seed " + seed);
        final long start = System.nanoTime();
        final long end = start + TimeUnit.SECONDS.toNanos(seconds);
        final boolean idsReturn = accounting.equals("counters");
        final Growth growth = new Growth();
        long drift = 0;
        int rounds = 0;
        final String found;
        try (Soak soak = new Soak(seed, threads, accounting, threads + 1, LOSSLESS)) {
            for (long measured = start; System.nanoTime() < end && drift == 0; rounds++) {
                drift += soak.round(STEPS);
                if (System.nanoTime() - measured > MEASURE_NANOS) {
                    measured = System.nanoTime();
                    growth.measure(idsReturn ? 0 : soak.tally().largestCode.get());
                    soak.tally().countCollected();
                }
            }
            drift += soak.end();
            found = soak.firstDrift();
            print(soak.tally(), rounds, growth);
            System.out.println("own memory         " + soak.ownBytes() / 1024 + " KiB at the end");
        }
        System.out.println("drift              " + drift + (drift == 0 ? "" : " after round " + rounds + ": " + found));
        return drift == 0 && growth.isFlat();
    }

    private static void print(Tally tally, int rounds, Growth growth) {
        final Object[][] lines = {
            {"rounds, each checked", rounds},
            {"operations", tally.operations},
            {"faults injected", tally.faults},
            {"allocators attached", tally.attached},
            {"modules loaded", tally.loaded},
            {"loaders collected", tally.collected},
            {"reports read", tally.reports},
            {"switches", tally.toggles},
            {"claims granted", tally.claims},
            {"claims refused", tally.refusals},
            {"references moved", tally.moved},
            {"largest code", tally.largestCode},
            {"memory", growth},
        };
        for (Object[] line : lines) {
            System.out.println(String.format(Locale.ROOT, "%-18s %s", line[0], line[1]));
        }
    }
}
