package io.codetag.examples.pagecache;

import java.nio.ByteBuffer;

/**
 * A cached block: some pages, filled once and not written after that.
 *
 * <p><b>Thread safety.</b> The bytes may be read by whoever has pinned the block; the pins belong to the cache.
 */
final class Block {
    private final BlockKey key;
    private final long pfn;
    private final int pageBytes;
    private final ByteBuffer bytes;

    /** Readers at this moment; guarded by the cache. A pinned block is not evicted. */
    private int pins = 1;

    Block(BlockKey key, long pfn, int pageBytes, ByteBuffer bytes) {
        this.key = key;
        this.pfn = pfn;
        this.pageBytes = pageBytes;
        this.bytes = bytes;
    }

    BlockKey key() {
        return key;
    }

    long pfn() {
        return pfn;
    }

    /** Returns the bytes of its pages, used or not. */
    int pageBytes() {
        return pageBytes;
    }

    /**
     * Copies bytes, as many as are there and have room.
     *
     * @param offset where to begin in this block
     * @param target where to
     * @return how many; 0 beyond the end
     */
    int copy(int offset, ByteBuffer target) {
        final int count = Math.min(target.remaining(), bytes.limit() - offset);
        if (count <= 0) {
            return 0;
        }
        target.put(target.position(), bytes, offset, count);
        target.position(target.position() + count);
        return count;
    }

    boolean isPinned() {
        return pins > 0;
    }

    void pin() {
        pins++;
    }

    void unpin() {
        pins--;
    }
}
