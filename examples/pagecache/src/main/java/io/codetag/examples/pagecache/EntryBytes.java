package io.codetag.examples.pagecache;

import io.codetag.examples.pagecache.spi.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * The bytes of one entry as they are in the archive, read through the cache.
 *
 * <p><b>Thread safety.</b> For one thread.
 */
final class EntryBytes implements ByteSource {
    private static final int HEADER_SIGNATURE = 0x04034b50;
    private static final int HEADER_BYTES = 30;

    private final FileReader reader;
    private final long end;
    private long at;

    private EntryBytes(FileReader reader, long start, long end) {
        this.reader = reader;
        this.at = start;
        this.end = end;
    }

    /**
     * Finds the bytes of an entry, which follow its local header.
     *
     * @param reader reads the archive
     * @param entry the entry
     * @return its bytes
     * @throws IOException if the archive cannot be read or is damaged
     */
    static EntryBytes of(FileReader reader, ArchiveEntry entry) throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        reader.read(entry.header(), header);
        if (header.hasRemaining() || header.getInt(0) != HEADER_SIGNATURE) {
            throw new ZipException("a damaged local header");
        }
        final int nameAndExtra = Short.toUnsignedInt(header.getShort(26)) + Short.toUnsignedInt(header.getShort(28));
        final long start = entry.header() + HEADER_BYTES + nameAndExtra;
        return new EntryBytes(reader, start, start + entry.compressed());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (at >= end) {
            return -1;
        }
        final int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + (end - at)));
        final int count = reader.read(at, target);
        target.limit(limit);
        at += count;
        return count == 0 ? -1 : count;
    }
}
