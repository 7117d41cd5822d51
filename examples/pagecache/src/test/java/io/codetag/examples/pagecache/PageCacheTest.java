package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.OutOfPagesException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page cache")
class PageCacheTest {
    private static final AllocTag TEST = AllocTags.here();

    private final PagePool pool = new PagePool("cache test", 16 * 4096);
    private final PageCache cache = new PageCache(pool, 4 * 4096);

    @AfterEach
    void everythingIsGivenBack() {
        assertTrue(Balance.of(pool.allocator()).holds(), () -> "not balanced: " + Balance.of(pool.allocator()));
        cache.close();
        assertEquals(0, pool.allocator().allocatedBytes());
        pool.close();
    }

    @Test
    @DisplayName("evicts the block that was used least recently")
    void evictsLeastRecentlyUsed() {
        for (int index = 0; index < 4; index++) {
            publishAndUnpin(index);
        }
        cache.unpin(present(0));
        publishAndUnpin(4);
        assertNull(cache.pin(key(1)), "the oldest unused one goes");
        cache.unpin(present(0));
        assertEquals(4 * 4096, cache.facts().bytes());
        assertEquals(1, cache.facts().evictions());
    }

    @Test
    @DisplayName("never evicts a block that is being read, even if it holds more than it may")
    void keepsPinnedBlocks() {
        final Block[] pinned = new Block[6];
        for (int index = 0; index < pinned.length; index++) {
            pinned[index] = publish(index);
        }
        assertFalse(cache.evictOne());
        assertEquals(6 * 4096, cache.facts().bytes());
        for (Block block : pinned) {
            cache.unpin(block);
        }
        publishAndUnpin(6);
        assertEquals(4 * 4096, cache.facts().bytes());
    }

    @Test
    @DisplayName("keeps the first of two equal blocks and frees the second")
    void firstPublishedWins() {
        final Block first = publish(0);
        final Block second = publish(0);
        assertSame(first, second);
        assertEquals(4096, pool.allocator().allocatedBytes());
        cache.unpin(first);
        assertFalse(cache.evictOne(), "the second reader still has it");
        cache.unpin(second);
    }

    @Test
    @DisplayName("gives way when the pool has no block left")
    void evictsOnShortage() {
        for (int index = 0; index < 4; index++) {
            publishAndUnpin(index);
        }
        final long large = pool.allocate(3, TEST);
        final long rest = pool.allocate(2, TEST);
        assertEquals(4, cache.facts().blocks());
        final long more = pool.allocate(2, TEST);
        assertEquals(0, cache.facts().blocks());
        assertThrows(OutOfPagesException.class, () -> pool.allocate(0, TEST));
        pool.free(large);
        pool.free(rest);
        pool.free(more);
    }

    private static BlockKey key(long index) {
        return new BlockKey(1, index);
    }

    private Block publish(long index) {
        return cache.publish(key(index), pool.allocate(0, TEST), 4096);
    }

    private void publishAndUnpin(long index) {
        cache.unpin(publish(index));
    }

    private Block present(long index) {
        final Block block = cache.pin(key(index));
        return Objects.requireNonNull(block, "block " + index + " is gone");
    }
}
