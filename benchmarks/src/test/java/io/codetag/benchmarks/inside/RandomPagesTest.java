package io.codetag.benchmarks.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Random pages")
class RandomPagesTest {
    @ParameterizedTest
    @ValueSource(longs = {2, 5, 4096, 5000, 1 << 16})
    @DisplayName("come each once before any comes again, and no others")
    void permutation(long count) {
        final RandomPages pages = new RandomPages(100, count);
        final Set<Long> seen = new HashSet<>();
        for (long i = 0; i < count; i++) {
            final long pfn = pages.next();
            assertTrue(pfn >= 100 && pfn < 100 + count, () -> "page " + pfn);
            seen.add(pfn);
        }
        assertEquals(count, seen.size());
    }
}
