package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.examples.pagecache.spi.HostPages;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * Reads one file through the cache.
 *
 * <p>What is not there is read from disk: one block on demand, or a window of four blocks once somebody is seen to read
 * them in order. A window is allocated and read in one piece, then split, so that its blocks are evicted one by one. It
 * is a luxury: nothing is evicted to find so many pages in a row.
 *
 * <p><b>Thread safety.</b> For one thread; each has a reader of its own on the shared cache.
 */
final class FileReader implements AutoCloseable {
    private static final AllocTag ON_DEMAND = AllocTags.here();
    private static final AllocTag READ_AHEAD = AllocTags.here();

    private static final int WINDOW_ORDER = 2;
    private static final int WINDOW_BLOCKS = 1 << WINDOW_ORDER;

    private final PagePool pool;
    private final PageCache cache;
    private final SourceFile file;
    private final FileChannel channel;
    private final int blockOrder;
    private final int blockBytes;

    /** The block that was read last: the one after it is a step in order. */
    private long last = -1;

    /**
     * Opens a file.
     *
     * @param pool where blocks come from
     * @param cache where they are kept
     * @param file the file
     * @throws IOException if it cannot be opened
     */
    FileReader(PagePool pool, PageCache cache, SourceFile file) throws IOException {
        this.pool = pool;
        this.cache = cache;
        this.file = file;
        this.channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        this.blockOrder = file.blockOrder();
        this.blockBytes = HostPages.PAGE_BYTES << blockOrder;
    }

    /**
     * Reads until the target is full or the file ends.
     *
     * @param position where to begin, in bytes
     * @param target where to
     * @return how many bytes; 0 at the end
     * @throws IOException if the file cannot be read, or has become shorter
     */
    int read(long position, ByteBuffer target) throws IOException {
        int count = 0;
        while (target.hasRemaining() && position + count < file.size()) {
            final long at = position + count;
            final long index = at / blockBytes;
            final Block block = block(index);
            final int copied = block.copy((int) (at - index * blockBytes), target);
            cache.unpin(block);
            count += copied;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private Block block(long index) throws IOException {
        final boolean inOrder = index == last + 1 && index > 0;
        last = index;
        final Block block = cache.pin(new BlockKey(file.number(), index));
        if (block != null) {
            return block;
        }
        final boolean severalLeft = file.size() - index * blockBytes > blockBytes;
        return inOrder && severalLeft ? readAhead(index) : readOnDemand(index);
    }

    private Block readOnDemand(long index) throws IOException {
        final long start = index * blockBytes;
        final int length = (int) Math.min(blockBytes, file.size() - start);
        final long pfn = pool.allocate(HostPages.orderFor(length), ON_DEMAND);
        fill(pfn, start, length);
        return cache.publish(new BlockKey(file.number(), index), pfn, length);
    }

    private Block readAhead(long index) throws IOException {
        final long window = pool.tryAllocate(blockOrder + WINDOW_ORDER, READ_AHEAD);
        if (window < 0) {
            return readOnDemand(index);
        }
        final long start = index * blockBytes;
        final int length = (int) Math.min((long) blockBytes * WINDOW_BLOCKS, file.size() - start);
        fill(window, start, length);
        pool.split(window, blockOrder);
        final Block first = publish(index, window, blockBytes);
        for (int i = 1; i < WINDOW_BLOCKS; i++) {
            final long pfn = window + ((long) i << blockOrder);
            final int rest = Math.min(blockBytes, length - i * blockBytes);
            if (rest > 0) {
                cache.unpin(publish(index + i, pfn, rest));
            } else {
                pool.free(pfn); // beyond the end of the file
            }
        }
        return first;
    }

    /** Gives back the pages that the last block of a file does not need, then hands it to the cache. */
    private Block publish(long index, long pfn, int length) {
        final int order = HostPages.orderFor(length);
        if (order < blockOrder) {
            pool.trim(pfn, order);
        }
        return cache.publish(new BlockKey(file.number(), index), pfn, length);
    }

    private void fill(long pfn, long start, int length) throws IOException {
        boolean filled = false;
        try {
            final ByteBuffer target = pool.buffer(pfn).limit(length);
            while (target.hasRemaining()) {
                if (channel.read(target, start + target.position()) < 0) {
                    throw new EOFException("became shorter while it was read");
                }
            }
            filled = true;
        } finally {
            if (!filled) {
                pool.free(pfn);
            }
        }
    }
}
