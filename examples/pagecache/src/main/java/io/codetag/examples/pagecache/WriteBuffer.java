package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.examples.pagecache.spi.HostPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Collects small writes in a block of pages.
 *
 * <p><b>Thread safety.</b> Safe; one append is written as a whole.
 */
final class WriteBuffer implements AutoCloseable {
    private static final AllocTag WRITE_BUFFER = AllocTags.here();

    private static final int BLOCK_ORDER = 4;

    private final PagePool pool;
    private final WritableByteChannel channel;
    private final long pfn;
    private final ByteBuffer buffer;

    /**
     * Makes an empty buffer.
     *
     * @param pool where its pages come from
     * @param channel where full buffers go; closed with this buffer
     */
    WriteBuffer(PagePool pool, WritableByteChannel channel) {
        this.pool = pool;
        this.channel = channel;
        this.pfn = pool.allocate(BLOCK_ORDER, WRITE_BUFFER);
        this.buffer = pool.buffer(pfn).limit(HostPages.PAGE_BYTES << BLOCK_ORDER);
    }

    /**
     * Appends bytes.
     *
     * @param parts what to write, in order
     * @throws IOException if the file cannot be written
     */
    synchronized void append(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            for (int at = 0; at < part.length; ) {
                if (!buffer.hasRemaining()) {
                    drain();
                }
                final int count = Math.min(buffer.remaining(), part.length - at);
                buffer.put(part, at, count);
                at += count;
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (channel) {
            drain();
        } finally {
            pool.free(pfn);
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
