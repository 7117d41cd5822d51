package io.codetag.examples.pluginhost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the account of a tenant ought to be")
class ExpectedBlocksTest {
    private static final AllocTag ANY = AllocTags.here();

    @Test
    @DisplayName("keeps for each block what was decided when it was new, and forgets the ones that went")
    void update() {
        try (PageAllocator pages =
                PageAllocator.builder("expected", 64).metadataOnly().build()) {
            final ExpectedBlocks expected = new ExpectedBlocks(pages);
            final long small = pages.allocate(0, ANY);
            final long large = pages.allocate(2, ANY);
            final long late = pages.allocate(1, ANY);

            expected.update(Map.of(3, List.of(small, large)), code -> true);
            expected.update(Map.of(3, List.of(large, late)), code -> false);

            final long page = pages.pageSize();
            assertEquals(Map.of(3, new AllocCounts(4 * page, 1)), expected.counts());
            assertEquals(4 * page, expected.recordedBytes());
            assertEquals(2 * page, expected.unrecordedBytes());

            expected.freeAll();
            assertEquals(Map.of(), expected.counts());
            assertEquals(page, pages.allocatedBytes(), "what the tenant does not name is not freed");
        }
    }
}
