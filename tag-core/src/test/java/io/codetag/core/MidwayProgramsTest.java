package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.app.Declarations;
import io.codetag.AllocTag;
import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Quiescence;
import io.codetag.testkit.ImaginaryAllocator;
import io.codetag.testkit.ProgramQuiescence;
import io.codetag.testkit.RandomProgram;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Random programs agree with the model")
class MidwayProgramsTest {
    private static final int PAGES = 2_000;
    private static final int ROUNDS = 30;

    private static PageSpec spec(ImaginaryAllocator pages, int bits, Quiescence quiescence) {
        final PageSpec.Builder spec =
                PageSpec.builder("pages", PAGES, Pools.PAGE).maxOrder(6).orders(pages);
        if (bits > 0) {
            final PageFlagsLayout.Builder layout = PageFlagsLayout.builder().quiescence(quiescence);
            Pools.layout(bits).fields().forEach(field -> layout.field(field.name(), field.shift(), field.bits()));
            spec.flags(FlagWords.of(new long[PAGES]), layout.build());
        }
        return spec.build();
    }

    private static Profiler profiler(String storage, OverflowPolicy policy) {
        return Profiler.builder()
                .storage(storage)
                .overflow(policy)
                .headroom(0)
                .stripes(1)
                .build();
    }

    @ParameterizedTest(name = "{0}, {1}, {2} bits, {3} threads")
    @CsvSource({
        "pageflags, SWITCH, 3, 1",
        "pageflags, SPILL,  3, 1",
        "pageflags, SWITCH, 3, 3",
        "pageflags, SPILL,  2, 3",
        "pageext,   SWITCH, 0, 1",
        "hooked,    SWITCH, 0, 1",
    })
    @DisplayName(
            "when tags are used for the first time, overflow, are switched off and on, and give way to claims in the middle:")
    void lossless(String storage, OverflowPolicy policy, int bits, int threads) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (Profiler profiler = profiler(storage, policy)) {
            final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 6);
            final ProgramQuiescence quiescence = new ProgramQuiescence();
            final PageSpec spec = spec(pages, bits, quiescence);
            final PageTagger tagger = profiler.attach(spec);
            final RandomProgram program = RandomProgram.builder(profiler.space(), Declarations.many(profiler.space()))
                    .allocator(pages, spec, tagger)
                    .misuse(true)
                    .claims(quiescence)
                    .threads(threads)
                    .seed(seed)
                    .build();
            for (int round = 0; round < ROUNDS; round++) {
                final boolean on = round == 0 || random.nextInt(3) > 0;
                profiler.record(on);
                program.recording(on);
                program.run(1 + random.nextInt(200));
            }
            assertEquals(bits > 0, tagger.storage().escaped());
            program.drain();
            assertEquals(0, tagger.totals().calls());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3"})
    @DisplayName(
            "when the policy disable shuts the pages down in the middle: what is live is credited, nothing is added,")
    void disabled(long seed) {
        try (Profiler profiler = profiler("pageflags", OverflowPolicy.DISABLE)) {
            final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 6);
            final PageSpec spec = spec(pages, 4, new ProgramQuiescence());
            final PageTagger tagger = profiler.attach(spec);
            profiler.space().untagged().resolve();
            final List<AllocTag> tags =
                    profiler.load("few", IdReuseTest.places(8)).tags();
            final AtomicBoolean open = new AtomicBoolean(true);
            final RandomProgram program = RandomProgram.builder(profiler.space(), tags)
                    .allocator(pages, spec, tagger, tag -> open.get())
                    .misuse(true)
                    .seed(seed)
                    .build();
            program.run(500);
            assertTrue(tagger.totals().calls() > 0);
            profiler.load("many", IdReuseTest.places(20));
            open.set(false);
            assertNotNull(tagger.storage().disabledReason());
            for (int round = 0; round < 6; round++) {
                profiler.record(round % 2 == 1);
                program.recording(round % 2 == 1);
                program.run(200);
            }
            program.drain();
            assertEquals(0, tagger.totals().calls());
        }
    }
}
