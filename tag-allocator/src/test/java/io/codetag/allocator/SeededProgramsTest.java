package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("After any seeded program")
class SeededProgramsTest {
    private static final AllocTag TAG = AllocTags.here();

    /** Seed, pages, largest order. */
    static List<Arguments> programs() {
        return LongStream.rangeClosed(1, 12)
                .mapToObj(seed -> Arguments.of(
                        seed,
                        new long[] {64, 1024, 5000, 8192}[(int) (seed % 4)],
                        new int[] {10, 3, 0}[(int) seed % 3]))
                .toList();
    }

    @DisplayName("an allocator holds exactly the blocks that the model holds")
    @ParameterizedTest(name = "seed {0}, {1} pages, maxOrder {2}")
    @MethodSource("programs")
    void blocksAreThoseOfTheModel(long seed, long count, int maxOrder) {
        try (PageAllocator pages = allocator(count, maxOrder)) {
            final SeededProgram program = new SeededProgram(pages, List.of(TAG), seed, 0);
            for (int round = 0; round < 20; round++) {
                program.run(300);
                assertHolds(pages, List.of(program));
            }
            program.freeAll();
            assertAllFree(pages);
        }
    }

    @DisplayName("so does one that is shared by four threads")
    @ParameterizedTest(name = "seed {0}, {1} pages, maxOrder {2}")
    @MethodSource("programs")
    void severalThreads(long seed, long count, int maxOrder) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try (PageAllocator pages = allocator(count, maxOrder)) {
            final List<SeededProgram> programs = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                programs.add(new SeededProgram(pages, List.of(TAG), seed, number));
            }
            runAll(threads, programs, program -> program.run(3000));
            assertHolds(pages, programs);
            runAll(threads, programs, SeededProgram::freeAll);
            assertAllFree(pages);
        } finally {
            threads.shutdownNow();
        }
    }

    @DisplayName("so does one whose threads have handles, while its caches are emptied and opened again and again")
    @ParameterizedTest(name = "seed {0}, {1} pages, maxOrder {2}")
    @MethodSource("programs")
    void handlesAndDrains(long seed, long count, int maxOrder) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(5);
        final AtomicBoolean end = new AtomicBoolean();
        try (PageAllocator pages = allocator(4 * count, maxOrder)) {
            final Future<Long> drained = threads.submit(() -> drain(pages, end));
            final List<SeededProgram> programs = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                final LocalPages local = number % 2 == 0 ? pages.local() : null;
                programs.add(new SeededProgram(pages, local, List.of(TAG), seed, number));
            }
            for (int round = 0; round < 5; round++) {
                runAll(threads, programs, program -> program.run(1000));
                synchronized (pages) { // what is allocated is not exact while blocks change hands
                    assertHolds(pages, programs);
                }
            }
            runAll(threads, programs, SeededProgram::freeAll);
            end.set(true);
            drained.get();
            assertAllFree(pages);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Empties the caches until told to stop, and returns how often there was something in them. */
    private static long drain(PageAllocator pages, AtomicBoolean end) {
        final PageCaches caches = pages.caches();
        long count = 0;
        while (!end.get()) {
            synchronized (pages) {
                if (caches.drain(caches.drains())) {
                    count++;
                }
                caches.reopen();
            }
        }
        return count;
    }

    static PageAllocator allocator(long pages, int maxOrder) {
        return PageAllocator.builder("seeded", pages)
                .pageSize(64)
                .maxOrder(maxOrder)
                .build();
    }

    /** Runs every program on a thread of its own, and waits for all. */
    static void runAll(ExecutorService threads, List<SeededProgram> programs, Action action) throws Exception {
        final List<Callable<Void>> tasks = new ArrayList<>();
        for (SeededProgram program : programs) {
            tasks.add(() -> {
                action.on(program);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            assertNull(done.get());
        }
    }

    /** Compares every page of an allocator with what the models say. */
    static void assertHolds(PageAllocator pages, List<SeededProgram> programs) {
        final int[] orders = new int[(int) pages.pages()]; // order + 1 of the head, 0 free, -1 further inside
        long allocated = 0;
        for (SeededProgram program : programs) {
            for (SeededProgram.Block block : program.live()) {
                for (int page = 0; page < 1 << block.order(); page++) {
                    final int pfn = (int) block.pfn() + page;
                    assertEquals(0, orders[pfn], "page " + pfn + " is in two blocks");
                    orders[pfn] = page == 0 ? block.order() + 1 : -1;
                }
                allocated += 1L << block.order();
            }
        }
        assertEquals(allocated * pages.pageSize(), pages.allocatedBytes());
        assertEquals((pages.pages() - allocated) * pages.pageSize(), pages.freeBytes());
        for (int pfn = 0; pfn < orders.length; pfn++) {
            assertEquals(Math.max(-1, orders[pfn] - 1), pages.orderOf(pfn), "order of page " + pfn);
            if (orders[pfn] == 0 && pfn % 17 == 0) {
                final long page = pfn;
                assertThrows(DoubleFreeException.class, () -> pages.free(page));
            }
        }
    }

    /** Everything is merged: as many of the largest blocks as ever can be had, and then the rest. */
    static void assertAllFree(PageAllocator pages) {
        assertEquals(0, pages.allocatedBytes());
        final List<Long> blocks = new ArrayList<>();
        for (int order = pages.maxOrder(); order >= 0; order--) {
            final long left = pages.pages() - pages.allocatedBytes() / pages.pageSize();
            for (long expected = left >> order; expected > 0; expected--) {
                blocks.add(pages.allocate(order, TAG));
            }
            assertEquals(PageAllocator.NO_PAGE, pages.tryAllocate(order, TAG));
        }
        assertEquals(0, pages.freeBytes());
        blocks.forEach(pages::free);
        assertTrue(pages.freeBytes() == pages.pages() * pages.pageSize());
    }

    /** What a program is to do. */
    interface Action {
        void on(SeededProgram program);
    }
}
