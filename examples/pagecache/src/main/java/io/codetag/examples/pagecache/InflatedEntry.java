package io.codetag.examples.pagecache;

import io.codetag.examples.pagecache.spi.EntrySink;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Takes the blocks of one entry as they are inflated: sums them up and hands them to the cache.
 *
 * <p><b>Thread safety.</b> For one thread.
 */
final class InflatedEntry implements EntrySink {
    private final PagePool pool;
    private final PageCache cache;
    private final long source;
    private final CRC32 crc = new CRC32();
    private long bytes;
    private int blocks;

    /**
     * Begins an entry.
     *
     * @param pool where its blocks come from
     * @param cache where they go
     * @param source its number in the cache
     */
    InflatedEntry(PagePool pool, PageCache cache, long source) {
        this.pool = pool;
        this.cache = cache;
        this.source = source;
    }

    @Override
    public void keep(long pfn, int length) {
        final ByteBuffer content = pool.buffer(pfn).limit(length);
        crc.update(content);
        bytes += length;
        cache.unpin(cache.publish(new BlockKey(source, blocks++), pfn, length));
    }

    /** Returns the CRC-32 of all bytes so far. */
    int crc() {
        return (int) crc.getValue();
    }

    /** Returns how many bytes there were so far. */
    long bytes() {
        return bytes;
    }
}
