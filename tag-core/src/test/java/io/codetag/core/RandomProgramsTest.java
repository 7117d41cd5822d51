package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Quiescence;
import io.codetag.testkit.ImaginaryAllocator;
import io.codetag.testkit.ProgramQuiescence;
import io.codetag.testkit.RandomProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random programs on every composition of stores, policy and width, compared with the reference model. */
class RandomProgramsTest {
    static final int PAGES = 5_000;
    private static final int TAGS = 40;

    @ParameterizedTest(name = "{0}, {1}, {2} bits, {3} threads, seed {4}")
    @CsvSource({
        "pageext,   SPILL,   0, 1, 1",
        "pageext,   SPILL,  12, 1, 2",
        "pageflags, SPILL,  12, 1, 3",
        "pageflags, SPILL,   4, 1, 4",
        "pageflags, SPILL,   2, 1, 5",
        "pageflags, SWITCH,  4, 1, 6",
        "pageflags, SWITCH,  5, 1, 7",
        "pageflags, SWITCH,  2, 1, 8",
        "auto,      SWITCH, 31, 1, 9",
        "auto,      SWITCH,  3, 1, 10",
        "pageext,   SPILL,   0, 3, 11",
        "pageflags, SPILL,   4, 3, 12",
        "pageflags, SWITCH,  4, 3, 13",
    })
    @DisplayName(
            "a profiler agrees with the model through misuse, claims of bits and toggles; in the end nothing is live")
    void agreesWithTheModel(String storage, OverflowPolicy policy, int bits, int threads, long seed) {
        try (Profiler profiler = Profiler.builder()
                .profiling("1")
                .storage(storage)
                .overflow(policy)
                .stripes(2)
                .build()) {
            final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 10);
            final ProgramQuiescence quiescence = new ProgramQuiescence();
            final PageSpec spec = spec(pages, bits, quiescence);
            try (PageTagger tagger = profiler.attach(spec)) {
                final RandomProgram program = RandomProgram.builder(profiler.space(), tags(profiler))
                        .allocator(pages, spec, tagger)
                        .misuse(true)
                        .claims(quiescence)
                        .threads(threads)
                        .seed(seed)
                        .build();
                for (int round = 0; round < 10; round++) {
                    final boolean on = round % 3 != 2;
                    profiler.record(on);
                    program.recording(on);
                    program.run(600);
                }
                program.drain();
                assertEquals(0, tagger.totals().calls());
            }
        }
    }

    @ParameterizedTest(name = "{0} bits, seed {2}")
    @CsvSource({"12, true, 1", "5, false, 2", "2, false, 3"})
    @DisplayName("with the policy disable a module is recorded if all of its tags fit, and not at all otherwise")
    void disable(int bits, boolean fits, long seed) {
        try (Profiler profiler = Profiler.builder()
                .profiling("1")
                .storage("pageflags")
                .overflow(OverflowPolicy.DISABLE)
                .headroom(0)
                .build()) {
            profiler.space().untagged().resolve(); // a claim could leave no room for it later
            final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 5);
            final ProgramQuiescence quiescence = new ProgramQuiescence();
            final PageSpec spec = spec(pages, bits, quiescence);
            try (PageTagger tagger = profiler.attach(spec)) {
                assertEquals(bits, tagger.storage().bits());
                final RandomProgram program = RandomProgram.builder(profiler.space(), tags(profiler))
                        .allocator(pages, spec, tagger, tag -> fits)
                        .misuse(true)
                        .claims(quiescence)
                        .seed(seed)
                        .build();
                program.run(2_000);
                assertEquals(fits, tagger.totals().calls() > 0);
                program.drain();
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1} bits, {2} threads, {3}")
    @CsvSource({
        "pageflags, 12, 1, counters",
        "pageflags, 5, 3, census",
        "pageext, 12, 1, census",
        "pageext, 0, 3, counters"
    })
    @DisplayName("an allocator that cannot quiesce gets the bits that tags do not use, and no others")
    void cannotQuiesce(String storage, int bits, int threads, String accounting) {
        try (Profiler profiler = Profiler.builder()
                .storage(storage)
                .overflow(OverflowPolicy.SPILL)
                .accounting(accounting)
                .build()) {
            final ImaginaryAllocator pages = new ImaginaryAllocator(PAGES, 10);
            final PageSpec spec = spec(pages, bits, null);
            try (PageTagger tagger = profiler.attach(spec)) {
                final RandomProgram program = RandomProgram.builder(profiler.space(), tags(profiler))
                        .allocator(pages, spec, tagger)
                        .claims(new ProgramQuiescence())
                        .census(accounting.equals("census"))
                        .threads(threads)
                        .seed(bits)
                        .build();
                program.run(1_000);
                assertEquals(
                        storage.equals("pageflags") ? bits : 0, tagger.storage().bits());
                program.drain();
            }
        }
    }

    static List<AllocTag> tags(Profiler profiler) {
        final List<AllocTag> tags = new ArrayList<>();
        final List<CodeTag> places = new ArrayList<>();
        for (int i = 0; i < TAGS; i++) {
            places.add(CodeTag.of("com.acme.Tags", "Tags.java", i + 1, "tag" + i));
        }
        tags.addAll(profiler.load("tags", places).tags());
        return tags;
    }

    static PageSpec spec(ImaginaryAllocator pages, int bits, Quiescence quiescence) {
        final PageSpec.Builder spec = PageSpec.builder("pages", pages.pageCount(), 4096)
                .maxOrder(pages.maxOrder())
                .allocatorPackage("io.codetag.testkit") // which stores the words
                .orders(pages);
        if (bits > 0) {
            final PageFlagsLayout.Builder layout =
                    PageFlagsLayout.builder().field("below", 0, 20).field("above", 20 + bits, 44 - bits);
            if (quiescence != null) {
                layout.quiescence(quiescence);
            }
            spec.flags(FlagWords.of(new long[(int) pages.pageCount()]), layout.build());
        }
        return spec.build();
    }
}
