package io.codetag.examples.pagecache;

import io.codetag.examples.pagecache.spi.HostPages;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks by what they hold, within a fixed size; the least recently used one goes first.
 *
 * <p>One lock guards the map, and nobody reads a file or inflates while holding it. So two threads may fill the same
 * block at the same time: the first one published stays, the other is freed. That costs a little work, rarely, and
 * nobody ever waits for another's disk.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class PageCache implements AutoCloseable {
    private final PagePool pool;
    private final long capacity;
    private final Map<BlockKey, Block> blocks = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;
    private long hits;
    private long misses;
    private long evictions;

    /**
     * Makes an empty cache, and has it evict when the pool runs short.
     *
     * @param pool where the blocks come from
     * @param capacity bytes of pages that it may hold, beside blocks that are pinned
     */
    PageCache(PagePool pool, long capacity) {
        this.pool = pool;
        this.capacity = capacity;
        pool.onShortage(this::evictOne);
    }

    /**
     * Finds a block and pins it.
     *
     * @param key what it holds
     * @return the block, to be unpinned; null if it is not here
     */
    synchronized @Nullable Block pin(BlockKey key) {
        final Block block = blocks.get(key);
        if (block == null) {
            misses++;
            return null;
        }
        hits++;
        block.pin();
        return block;
    }

    /**
     * Takes over a filled block. If another one with the same key was faster, that one is used and this one freed.
     *
     * @param key what it holds
     * @param pfn its first page
     * @param length how many of its bytes are in use, from the first
     * @return the cached block, pinned
     */
    Block publish(BlockKey key, long pfn, int length) {
        final int pageBytes = HostPages.PAGE_BYTES << pool.allocator().orderOf(pfn);
        final Block fresh = new Block(key, pfn, pageBytes, pool.buffer(pfn).limit(length));
        synchronized (this) {
            final Block present = blocks.putIfAbsent(key, fresh);
            if (present != null) {
                present.pin();
                pool.free(pfn);
                return present;
            }
            bytes += pageBytes;
            while (bytes > capacity && evictOne()) {
                // never the fresh one: it is pinned
            }
            return fresh;
        }
    }

    /**
     * Lets a block go.
     *
     * @param block a block that this thread has pinned
     */
    synchronized void unpin(Block block) {
        block.unpin();
    }

    /**
     * Frees the least recently used block that nobody reads.
     *
     * @return whether there was one
     */
    synchronized boolean evictOne() {
        for (Iterator<Block> oldest = blocks.values().iterator(); oldest.hasNext(); ) {
            final Block block = oldest.next();
            if (!block.isPinned()) {
                oldest.remove();
                bytes -= block.pageBytes();
                evictions++;
                pool.free(block.pfn());
                return true;
            }
        }
        return false;
    }

    /**
     * Reads the statistics.
     *
     * @return what happened until now
     */
    synchronized CacheFacts facts() {
        return new CacheFacts(capacity, bytes, blocks.size(), hits, misses, evictions);
    }

    /** Frees all blocks; none may be pinned. */
    @Override
    public synchronized void close() {
        while (evictOne()) {
            // until none is left
        }
    }
}
