package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.OverflowPolicy;
import io.codetag.core.Profiler;
import io.codetag.spi.TagCodes;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Bits claimed from an allocator")
class PageFieldTest {
    private static final int TAGS = 100;
    private static final long SEED = 7;

    private static Profiler profiler() {
        return Profiler.builder().name("claims").headroom(0).build();
    }

    private static PageAllocator allocator(Profiler profiler, OverflowPolicy policy) {
        return PageAllocator.builder("claims", 4096)
                .pageSize(64)
                .attachedBy(profiler::attach)
                .space(profiler.space())
                .storage("pageflags")
                .overflow(policy)
                .build();
    }

    private static List<AllocTag> load(Profiler profiler) {
        return profiler.load(
                        "claims",
                        IntStream.range(0, TAGS)
                                .mapToObj(line -> CodeTag.of("Claims.java", "Claims", line, "allocate"))
                                .toList())
                .tags();
    }

    @Test
    @DisplayName("are the highest free ones; tags give way only when those they do not use are taken")
    void position() throws Exception {
        try (Profiler profiler = profiler();
                PageAllocator pages = allocator(profiler, OverflowPolicy.SPILL)) {
            assertEquals(31, pages.tagger().storage().bits());
            final PageField first = pages.claimField("first", 28);
            assertEquals(36, first.bits().shift());
            assertEquals(31, pages.tagger().storage().bits());
            final PageField second = pages.claimField("second", 27);
            assertEquals(4, pages.tagger().storage().bits());
            assertEquals(2, TagCodes.addressableTags(4));
            final IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> pages.claimField("third", 3));
            assertTrue(refused.getMessage().contains("at least 2 bits"), refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> pages.claimField("third", 5));
            assertThrows(IllegalArgumentException.class, () -> pages.claimField("second", 1));
            second.giveBack();
            assertEquals(31, pages.tagger().storage().bits());
            assertThrows(IllegalStateException.class, second::giveBack);
        }
    }

    @Test
    @DisplayName("hold what the owner of a block writes, through free and allocation, until they are given back")
    void values() throws Exception {
        try (Profiler profiler = profiler();
                PageAllocator pages = allocator(profiler, OverflowPolicy.SPILL)) {
            final AllocTag tag = load(profiler).get(TAGS - 1);
            final long pfn = pages.allocate(2, tag);
            final PageField field = pages.claimField("dirty", 55);
            assertEquals(new AllocCounts(256, 1), tag.counts());
            field.set(pfn, 77);
            field.set(pfn + 3, (1L << 55) - 1);
            assertThrows(IllegalArgumentException.class, () -> field.set(pfn, 1L << 55));
            assertThrows(BadPageException.class, () -> field.set(4096, 1));
            assertThrows(BadPageException.class, () -> field.get(-1));
            pages.split(pfn, 0);
            for (int page = 0; page < 4; page++) {
                pages.free(pfn + page);
            }
            assertEquals(AllocCounts.ZERO, tag.counts());
            assertEquals(77, field.get(pfn));
            assertEquals((1L << 55) - 1, field.get(pfn + 3));
            field.giveBack();
            assertEquals(0, field.get(pfn));
            assertThrows(IllegalStateException.class, () -> field.set(pfn, 1));
        }
    }

    @Test
    @DisplayName("that were given back are not those of somebody who claims the same ones by the same name later")
    void again() throws Exception {
        try (Profiler profiler = profiler();
                PageAllocator pages = allocator(profiler, OverflowPolicy.SPILL)) {
            final long pfn = pages.allocate(0, load(profiler).get(0));
            final PageField first = pages.claimField("dirty", 4);
            first.giveBack();
            final PageField second = pages.claimField("dirty", 4);
            assertEquals(first.bits(), second.bits());
            second.set(pfn, 9);
            assertThrows(IllegalStateException.class, first::giveBack);
            assertEquals(9, second.get(pfn));
            second.giveBack();
        }
    }

    @ParameterizedTest(name = "policy {0}")
    @EnumSource(
            value = OverflowPolicy.class,
            names = {"SPILL", "SWITCH"})
    @DisplayName("are claimed and given back while threads allocate, free, split and migrate, and nothing is lost")
    void beside(OverflowPolicy policy) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(3);
        try (Profiler profiler = profiler();
                PageAllocator pages = allocator(profiler, policy)) {
            final List<AllocTag> tags = load(profiler);
            final AtomicBoolean ended = new AtomicBoolean();
            final List<SeededProgram> programs = IntStream.range(0, 3)
                    .mapToObj(
                            number -> new SeededProgram(pages, number == 0 ? pages.local() : null, tags, SEED, number))
                    .toList();
            final List<Future<?>> running = programs.stream()
                    .<Future<?>>map(program -> threads.submit(() -> {
                        while (!ended.get()) {
                            program.run(50);
                        }
                    }))
                    .toList();
            try {
                for (int round = 0; round < 20; round++) {
                    final PageField field = pages.claimField("round " + round, 53 + round % 4);
                    for (long pfn = 0; pfn < pages.pages(); pfn++) {
                        assertEquals(0, field.get(pfn), field.bits() + " of page " + pfn);
                    }
                    field.giveBack();
                }
            } finally {
                ended.set(true);
            }
            for (Future<?> program : running) {
                program.get();
            }
            SeededProgramsTest.assertHolds(pages, programs);
            for (AllocTag tag : tags) {
                final long[] sums = new long[2];
                programs.forEach(program -> {
                    final long[] own = program.counts().getOrDefault(tag, new long[2]);
                    sums[0] += own[0];
                    sums[1] += own[1];
                });
                assertEquals(new AllocCounts(sums[0], sums[1]), tag.counts(), tag::toString);
            }
            SeededProgramsTest.runAll(threads, programs, SeededProgram::freeAll);
            tags.forEach(tag -> assertEquals(AllocCounts.ZERO, tag.counts()));
        } finally {
            threads.shutdownNow();
        }
    }
}
