package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.codetag.AllocTag;
import io.codetag.core.Profiler;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("On the heap")
class NoGarbageTest {
    private static final int PAIRS = 20_000;
    private static final int ROUNDS = 10;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"pageflags, counters", "pageflags, census", "pageext, counters", "pageext, census"})
    @DisplayName("a pair leaves no object behind, with a tag given")
    void pairs(String storage, String accounting) {
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
            final AllocTag tag = profiler.here();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) { // what is linked and initialized once is not of a pair
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                for (int pair = 0; pair < PAIRS; pair++) {
                    local.free(local.allocate(pair & 1, tag));
                    pages.free(pages.allocate(pair & 1, tag));
                }
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes for " + 2 * PAIRS + " pairs");
            assertEquals(0, tag.counts().calls());
        }
    }
}
