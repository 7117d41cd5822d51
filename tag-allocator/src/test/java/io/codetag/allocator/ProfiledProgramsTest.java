package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageTotals;
import io.codetag.TagSpace;
import io.codetag.core.Profiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("After any seeded program, with a profiler")
class ProfiledProgramsTest {
    private static final int THREADS = 4;
    private static final int TAGS = 12;

    /** Where references are kept: 3 bits name 5 of the 12 tags, so that the others escape. */
    enum Storage {
        PAGE_FLAGS("pageflags", 16, OverflowPolicy.SWITCH),
        PAGE_EXT("pageext", 16, OverflowPolicy.SWITCH),
        SPILL("pageflags", 3, OverflowPolicy.SPILL),
        SWITCH("pageflags", 3, OverflowPolicy.SWITCH);

        private final String backend;
        private final int maxBits;
        private final OverflowPolicy policy;

        Storage(String backend, int maxBits, OverflowPolicy policy) {
            this.backend = backend;
            this.maxBits = maxBits;
            this.policy = policy;
        }
    }

    static Stream<Arguments> programs() {
        return Stream.of(Storage.values())
                .flatMap(storage -> Stream.of("counters", "census").flatMap(accounting -> LongStream.rangeClosed(1, 5)
                        .mapToObj(seed -> Arguments.of(storage, accounting, seed))));
    }

    @DisplayName("every tag has exactly the bytes and calls that the model says, and what has no tag is known")
    @ParameterizedTest(name = "{0}, {1}, seed {2}")
    @MethodSource("programs")
    void exact(Storage storage, String accounting, long seed) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Profiler profiler =
                        Profiler.builder().name("seeded").accounting(accounting).build();
                PageAllocator pages = allocator(profiler, storage)) {
            final AllocTag foreign = new TagSpace().here();
            final List<AllocTag> known = load(profiler);
            final List<AllocTag> tags = new ArrayList<>(known);
            tags.add(foreign);
            final List<SeededProgram> programs = IntStream.range(0, THREADS)
                    .mapToObj(number -> new SeededProgram(pages, tags, seed, number))
                    .toList();
            for (int round = 0; round < 4; round++) {
                SeededProgramsTest.runAll(threads, programs, program -> program.run(500));
                SeededProgramsTest.assertHolds(pages, programs);
                assertExact(pages, programs, known, foreign);
            }
            SeededProgramsTest.runAll(threads, programs, SeededProgram::freeAll);
            assertExact(pages, programs, known, foreign);
            SeededProgramsTest.assertAllFree(pages);
        } finally {
            threads.shutdownNow();
        }
    }

    @DisplayName("pages and untracked are what the allocator has handed out, also when it was off for a while")
    @ParameterizedTest(name = "{0}, {1}, seed {2}")
    @MethodSource("programs")
    void toggled(Storage storage, String accounting, long seed) {
        try (Profiler profiler =
                        Profiler.builder().name("seeded").accounting(accounting).build();
                PageAllocator pages = allocator(profiler, storage)) {
            final List<AllocTag> tags = load(profiler);
            final SeededProgram program = new SeededProgram(pages, tags, seed, 0);
            for (int round = 0; round < 6; round++) {
                profiler.record(round % 2 == 0);
                program.run(200);
                final PageTotals totals = pages.tagger().totals();
                assertEquals(
                        pages.allocatedBytes(),
                        totals.bytes() + totals.untracked().orElseThrow());
            }
            program.freeAll();
            final PageTotals totals = pages.tagger().totals();
            assertEquals(0, totals.bytes());
            assertEquals(0, totals.calls());
            assertEquals(0, totals.untracked().orElseThrow());
        }
    }

    private static PageAllocator allocator(Profiler profiler, Storage storage) {
        return PageAllocator.builder("seeded", 4096)
                .pageSize(64)
                .attachedBy(profiler::attach)
                .space(profiler.space())
                .storage(storage.backend)
                .maxBits(storage.maxBits)
                .overflow(storage.policy)
                .build();
    }

    private static List<AllocTag> load(Profiler profiler) {
        final List<CodeTag> places = IntStream.range(0, TAGS)
                .mapToObj(line -> CodeTag.of("Seeded.java", "Seeded", line, "allocate"))
                .toList();
        return profiler.load("seeded", places).tags();
    }

    private static void assertExact(
            PageAllocator pages, List<SeededProgram> programs, List<AllocTag> known, AllocTag foreign) {
        final Map<AllocTag, long[]> expected = new HashMap<>();
        for (SeededProgram program : programs) {
            program.counts().forEach((tag, counts) -> {
                final long[] sums = expected.computeIfAbsent(tag, absent -> new long[2]);
                sums[0] += counts[0];
                sums[1] += counts[1];
            });
        }
        for (AllocTag tag : known) {
            final long[] sums = expected.getOrDefault(tag, new long[2]);
            assertEquals(new AllocCounts(sums[0], sums[1]), tag.counts(), tag::toString);
        }
        assertEquals(AllocCounts.ZERO, foreign.counts());
        final PageTotals totals = pages.tagger().totals();
        final long untracked = expected.getOrDefault(foreign, new long[2])[0];
        assertEquals(untracked, totals.untracked().orElseThrow());
        assertEquals(pages.allocatedBytes(), totals.bytes() + untracked);
    }
}
