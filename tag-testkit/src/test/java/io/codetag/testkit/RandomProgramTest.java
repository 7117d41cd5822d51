package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs on the real tagger, over the least profiler there is, right and wrong. */
class RandomProgramTest {
    private static final int PAGES = 5_000;
    private static final int STEPS = 6_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, -77})
    @DisplayName("a tagger without flag words does what the model does, misuse included")
    void withoutFlagWords(long seed) {
        runAndDrain(new PlainProfiler(), null, seed);
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {2, 3, 5, 12, 31})
    @DisplayName("a tagger with flag words does what the model does, whether tags fit or not")
    void withFlagWords(int bits) {
        runAndDrain(new PlainProfiler(), allBut(64 - bits, bits), bits);
        runAndDrain(new PlainProfiler(), allBut(17, bits), bits);
    }

    @Test
    @DisplayName("a tagger does what the model does, for a seed that is new in each run and printed")
    void withANewSeed() {
        final long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("RandomProgramTest: seed " + seed + "L");
        runAndDrain(new PlainProfiler(), null, seed);
        runAndDrain(new PlainProfiler(), allBut(20, 4), seed);
    }

    @Test
    @DisplayName("several threads on two allocators agree with the model whenever they are quiet")
    void severalThreads() {
        final PlainProfiler profiler = new PlainProfiler();
        final ImaginaryAllocator first = new ImaginaryAllocator(PAGES, 10);
        final ImaginaryAllocator second = new ImaginaryAllocator(333, 3);
        final PageSpec firstSpec = spec(first, allBut(8, 4));
        final PageSpec secondSpec =
                PageSpec.builder("small", 333, 64).maxOrder(3).build();
        final RandomProgram program = RandomProgram.builder(profiler.space, profiler.tags(20))
                .allocator(first, firstSpec, profiler.attach(firstSpec, ""))
                .allocator(second, secondSpec, profiler.attach(secondSpec, ""))
                .threads(3)
                .misuse(true)
                .seed(11)
                .build();
        for (int round = 0; round < 10; round++) {
            program.run(1_000);
        }
        program.drain();
        assertEquals(0, first.allocatedPages() + second.allocatedPages());
    }

    @Test
    @DisplayName("what was recorded is credited while recording is off, and nothing is recorded then")
    void togglesRecording() {
        final PlainProfiler profiler = new PlainProfiler();
        final RandomProgram program = program(profiler, allBut(8, 4), 5);
        for (int round = 0; round < 20; round++) {
            profiler.record(round % 2 == 0);
            program.recording(round % 2 == 0);
            program.run(300);
        }
        program.drain();
    }

    @Test
    @DisplayName("an allocator may grow between runs")
    void grows() {
        final PlainProfiler profiler = new PlainProfiler();
        final ImaginaryAllocator pages = new ImaginaryAllocator(100, 4);
        final PageSpec spec =
                PageSpec.builder("pages", 100, 4096).maxOrder(4).orders(pages).build();
        final RandomProgram program = RandomProgram.builder(profiler.space, profiler.tags(5))
                .allocator(pages, spec, profiler.attach(spec, ""))
                .misuse(true)
                .seed(6)
                .build();
        program.run(500);
        final long before = pages.allocatedPages();
        program.grow(pages, 10_000);
        program.run(2_000);
        assertTrue(pages.allocatedPages() > 100, () -> before + " pages before, " + pages.allocatedPages() + " after");
        program.drain();
    }

    @Test
    @DisplayName("allocations that a policy does not admit stay untracked")
    void admission() {
        final PlainProfiler profiler = new PlainProfiler();
        final List<AllocTag> tags = profiler.tags(4);
        final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 3);
        final PageSpec spec = spec(pages, null);
        final RandomProgram program = RandomProgram.builder(profiler.space, tags)
                .allocator(pages, spec, profiler.attach(spec, ""), tag -> tag != tags.get(2))
                .seed(8)
                .build();
        assertThrows(AssertionError.class, () -> program.run(200), "this profiler admits every tag");
    }

    @Test
    @DisplayName(
            "a claim of bits has to be an error without flag words, and must not be refused where nothing hinders it")
    void claims() {
        claiming(new PlainProfiler(), null).run(2_000);
        final RandomProgram refused = claiming(new PlainProfiler(), allBut(8, 12));
        final String message =
                assertThrows(AssertionError.class, () -> refused.run(20_000)).getMessage();
        assertTrue(message.contains("these tags keep their bits"), message);
        assertTrue(message.contains("last operations"), message);
    }

    private static RandomProgram claiming(PlainProfiler profiler, PageFlagsLayout layout) {
        final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 10);
        final PageSpec spec = spec(pages, layout);
        return RandomProgram.builder(profiler.space, profiler.tags(20))
                .allocator(pages, spec, profiler.attach(spec, ""))
                .claims(new ProgramQuiescence())
                .seed(9)
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(PlainPages.Defect.class)
    @DisplayName("a defect is found, and the message has the seed and the last operations")
    void findsDefects(PlainPages.Defect defect) {
        final PageFlagsLayout layout = defect == PlainPages.Defect.TRAMPLES_NEIGHBOUR_BITS ? allBut(8, 12) : null;
        final PlainProfiler profiler = new PlainProfiler(defect);
        final RandomProgram program = program(profiler, layout, 4_711);
        final String message = assertThrows(AssertionError.class, () -> {
                    program.run(STEPS / 2);
                    profiler.record(false);
                    program.recording(false);
                    program.run(STEPS / 2);
                    program.drain();
                })
                .getMessage();
        assertTrue(message.contains("seed 4711L"), message);
        assertTrue(message.contains("last operations"), message);
    }

    @Test
    @DisplayName("a seed decides the program, operation by operation")
    void seedDecides() {
        assertEquals(outcome(1), outcome(1));
        assertNotEquals(outcome(1), outcome(2));
    }

    @Test
    @DisplayName("a program without tags, allocators or threads is refused, as are allocators described wrongly")
    void refusesNonsense() {
        final PlainProfiler profiler = new PlainProfiler();
        final ImaginaryAllocator pages = new ImaginaryAllocator(100, 4);
        final PageSpec spec = PageSpec.builder("pages", 101, 4096).maxOrder(4).build();
        final PageTagger tagger = profiler.attach(spec, "");
        final RandomProgram.Builder builder = RandomProgram.builder(profiler.space, profiler.tags(1));
        assertThrows(IllegalArgumentException.class, builder::build, "no allocator");
        assertThrows(IllegalArgumentException.class, () -> builder.allocator(pages, spec, tagger), "100 or 101 pages");
        final ImaginaryAllocator others = new ImaginaryAllocator(101, 4);
        builder.allocator(others, spec, tagger).threads(0);
        assertThrows(IllegalArgumentException.class, builder::build, "no thread");
        builder.threads(1).build().run(100);
        assertThrows(IllegalArgumentException.class, () -> new ImaginaryAllocator(0, 4));
    }

    private static List<AllocCounts> outcome(long seed) {
        final PlainProfiler profiler = new PlainProfiler();
        final List<AllocTag> tags = profiler.tags(10);
        final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 10);
        final PageSpec spec = spec(pages, null);
        RandomProgram.builder(profiler.space, tags)
                .allocator(pages, spec, profiler.attach(spec, ""))
                .seed(seed)
                .build()
                .run(1_000);
        return tags.stream().map(AllocTag::counts).toList();
    }

    private static void runAndDrain(PlainProfiler profiler, PageFlagsLayout layout, long seed) {
        final RandomProgram program = program(profiler, layout, seed);
        program.run(STEPS);
        program.drain();
    }

    private static RandomProgram program(PlainProfiler profiler, PageFlagsLayout layout, long seed) {
        final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 10);
        final PageSpec spec = spec(pages, layout);
        return RandomProgram.builder(profiler.space, profiler.tags(20))
                .allocator(pages, spec, profiler.attach(spec, ""))
                .misuse(true)
                .seed(seed)
                .build();
    }

    private static PageSpec spec(ImaginaryAllocator pages, PageFlagsLayout layout) {
        final PageSpec.Builder spec = PageSpec.builder("pages", pages.pageCount(), 4096)
                .maxOrder(pages.maxOrder())
                .orders(pages);
        if (layout != null) {
            spec.flags(FlagWords.of(new long[(int) pages.pageCount()]), layout);
        }
        return spec.build();
    }

    private static PageFlagsLayout allBut(int shift, int bits) {
        final PageFlagsLayout.Builder layout = PageFlagsLayout.builder().field("below", 0, shift);
        if (shift + bits < Long.SIZE) {
            layout.field("above", shift + bits, Long.SIZE - shift - bits);
        }
        return layout.build();
    }
}
