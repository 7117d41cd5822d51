package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.OverflowPolicy;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.ProfilingState;
import io.codetag.testkit.ImaginaryAllocator;
import io.codetag.testkit.ProgramQuiescence;
import io.codetag.testkit.RandomProgram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A census, after random programs on every composition of stores, policy and width,")
class CensusProgramsTest {
    @ParameterizedTest(name = "{0}, {1}, {2} bits, {3} threads, seed {4}")
    @CsvSource({
        "pageext,   SPILL,   0, 1, 21",
        "pageext,   SPILL,  12, 1, 22",
        "hooked,    SPILL,   0, 1, 23",
        "pageflags, SPILL,  12, 1, 24",
        "pageflags, SPILL,   4, 1, 25",
        "pageflags, SPILL,   2, 1, 26",
        "pageflags, SWITCH,  4, 1, 27",
        "pageflags, SWITCH,  2, 1, 28",
        "auto,      SWITCH, 31, 1, 29",
        "pageext,   SPILL,   0, 3, 30",
        "hooked,    SPILL,   0, 3, 31",
        "pageflags, SPILL,   4, 3, 32",
        "pageflags, SWITCH,  4, 3, 33",
    })
    @DisplayName(
            "agrees with the model through misuse, claims of bits and toggles; in the end nothing is live, and off turns cold")
    void agreesWithTheModel(String storage, OverflowPolicy policy, int bits, int threads, long seed) {
        try (Profiler profiler = Profiler.builder()
                .profiling("1")
                .storage(storage)
                .overflow(policy)
                .accounting("census")
                .build()) {
            final ImaginaryAllocator pages = new ImaginaryAllocator(RandomProgramsTest.PAGES, 10);
            final ProgramQuiescence quiescence = new ProgramQuiescence();
            final PageSpec spec = RandomProgramsTest.spec(pages, bits, quiescence);
            try (PageTagger tagger = profiler.attach(spec)) {
                final RandomProgram program = RandomProgram.builder(profiler.space(), RandomProgramsTest.tags(profiler))
                        .allocator(pages, spec, tagger)
                        .misuse(true)
                        .claims(quiescence)
                        .census(true)
                        .threads(threads)
                        .seed(seed)
                        .build();
                for (int round = 0; round < 6; round++) {
                    final boolean on = round % 3 != 2;
                    profiler.record(on);
                    program.recording(on);
                    program.run(400);
                    assertTrue(tagger.totals().calls() > 0);
                    assertEquals(program(profiler), total(tagger));
                }
                profiler.record(false);
                program.recording(false);
                profiler.settle();
                assertEquals(ProfilingState.DRAINING, profiler.state());
                program.drain();
                assertEquals(0, tagger.totals().calls());
                PluginJar.collectUntil(() -> {
                    profiler.settle();
                    return profiler.state() == ProfilingState.COLD;
                });
            }
        }
    }

    /** What the report says of pages: its sum without what was charged. */
    private static long program(Profiler profiler) {
        return profiler.snapshot().total().calls() - profiler.totals().charged().calls();
    }

    private static long total(PageTagger tagger) {
        return tagger.totals().calls();
    }
}
