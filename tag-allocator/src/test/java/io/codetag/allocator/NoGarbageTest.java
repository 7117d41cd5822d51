package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.core.Profiler;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("On the heap")
class NoGarbageTest {
    private static final int ROUNDS = 10;
    private static final int BATCHES = 300;
    private static final int SMALL_NUMBERS = 256; // more than the boxes that the JDK keeps
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"pageflags, counters", "pageflags, census", "pageext, counters", "pageext, census"})
    @DisplayName("pairs leave no object behind, from a cache or from behind the lock")
    void pairs(String storage, String accounting) {
        assertTrue(THREADS.isThreadAllocatedMemoryEnabled());
        try (Profiler profiler = Profiler.builder()
                        .name("garbage")
                        .storage(storage)
                        .accounting(accounting)
                        .build();
                PageAllocator pages = PageAllocator.builder("garbage", 1 << 12)
                        .metadataOnly()
                        .attachedBy(profiler::attach)
                        .space(profiler.space())
                        .build();
                LocalPages local = pages.local()) {
            final AllocTag tag = lastOf(profiler, 2 * SMALL_NUMBERS);
            for (int held = 0; held < SMALL_NUMBERS; held++) {
                pages.allocate(0, tag);
            }
            assertEquals(SMALL_NUMBERS, calls(profiler));
            final long[] batch = new long[64];
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) { // what is linked and initialized once is not of a pair
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int times = 0; times < BATCHES; times++) {
                    pairs(pages, local, tag, batch);
                }
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for " + BATCHES + " batches of " + 2 * batch.length + " pairs");
            assertEquals(SMALL_NUMBERS, calls(profiler));
        }
    }

    private static void pairs(PageAllocator pages, LocalPages local, AllocTag tag, long[] batch) {
        for (int i = 0; i < batch.length; i++) {
            batch[i] = local.allocate(i & 1, tag);
        }
        for (final long pfn : batch) {
            local.free(pfn);
        }
        for (int i = 0; i < batch.length; i++) {
            batch[i] = pages.allocate(i & 1, tag);
        }
        for (final long pfn : batch) {
            pages.free(pfn);
        }
    }

    private static AllocTag lastOf(Profiler profiler, int count) {
        final List<CodeTag> places = IntStream.rangeClosed(1, count)
                .mapToObj(line -> CodeTag.of("io.codetag.Many", "Many.java", line, "run"))
                .toList();
        return profiler.load("many", places).tags().get(count - 1);
    }

    /** Counted by the tag, or found by a census. */
    private static long calls(Profiler profiler) {
        return profiler.snapshot().entries().stream()
                .mapToLong(entry -> entry.counts().calls())
                .sum();
    }
}
