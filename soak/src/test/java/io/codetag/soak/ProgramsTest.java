package io.codetag.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.OverflowPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("After every round of a random program over everything a profiler does")
class ProgramsTest {
    /** Always tried. A seed that found something is to be added. */
    private static final long[] SEEDS = {1, 2, -7};

    private static final int ROUNDS = 12;
    private static final int STEPS = 1_500;

    static List<Arguments> programs() {
        final List<Arguments> programs = new ArrayList<>();
        for (PoolKind kind : SoakMain.LOSSLESS) {
            programs.add(Arguments.of(kind, "counters"));
            programs.add(Arguments.of(kind, "census"));
        }
        for (boolean fused : new boolean[] {false, true}) {
            programs.add(Arguments.of(new PoolKind("pageflags", 30, OverflowPolicy.DISABLE, fused), "counters"));
            programs.add(Arguments.of(new PoolKind("pageflags", 6, OverflowPolicy.DISABLE, fused), "counters"));
            programs.add(Arguments.of(new PoolKind("pageflags", 2, OverflowPolicy.SPILL, fused), "counters"));
            programs.add(Arguments.of(new PoolKind("pageflags", 2, OverflowPolicy.SWITCH, fused), "counters"));
        }
        return programs;
    }

    /** Returns how many modules were loaded. */
    private static long run(long seed, int threads, String accounting, List<PoolKind> kinds) {
        try (Soak soak = new Soak(seed, threads, accounting, 1, kinds)) {
            for (int round = 0; round < ROUNDS; round++) {
                final String where = "seed " + seed + "L, round " + round + ", ";
                assertEquals(0, soak.round(STEPS), () -> where + soak.firstDrift());
            }
            assertEquals(0, soak.end(), () -> "seed " + seed + "L, at the end, " + soak.firstDrift());
            return soak.tally().loaded.sum();
        }
    }

    @ParameterizedTest(name = "{0}, accounting {1}")
    @MethodSource("programs")
    @DisplayName("every tag has exactly what the model says, and so has every allocator, by one thread:")
    void oneThread(PoolKind kind, String accounting) {
        long loaded = 0;
        for (long seed : SEEDS) {
            loaded += run(seed, 1, accounting, List.of(kind));
        }
        assertTrue(loaded > SEEDS.length, "the programs loaded " + loaded + " modules only");
        final long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed " + seed + "L");
        run(seed, 1, accounting, List.of(kind));
    }

    @ParameterizedTest(name = "accounting {0}")
    @ValueSource(strings = {"counters", "census"})
    @DisplayName(
            "every tag has exactly what the model says, and so has every allocator, by three threads on all stores:")
    void threeThreads(String accounting) {
        final long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed " + seed + "L");
        run(seed, 3, accounting, SoakMain.LOSSLESS);
    }

    @ParameterizedTest(name = "accounting {0}")
    @ValueSource(strings = {"counters", "census"})
    @DisplayName("the soak finds no drift, in a few seconds:")
    void shortSoak(String accounting) {
        assertTrue(SoakMain.run(4, 2, ThreadLocalRandom.current().nextLong(), accounting));
    }

    @Test
    @DisplayName("memory may grow by what ids cost that are never used again, and by nothing else")
    void flat() {
        assertTrue(growth(0, 0).isFlat());
        assertFalse(growth(1 << 20, 0).isFlat());
        assertTrue(growth(100 * Growth.BYTES_PER_ID, 100).isFlat());
        assertFalse(growth((1 << 20) + 100 * Growth.BYTES_PER_ID, 100).isFlat());
    }

    private static Growth growth(long bytesEachTime, long idsEachTime) {
        final Growth growth = new Growth();
        for (int i = 0; i < 40; i++) {
            growth.add(i * bytesEachTime, i * idsEachTime);
        }
        return growth;
    }
}
