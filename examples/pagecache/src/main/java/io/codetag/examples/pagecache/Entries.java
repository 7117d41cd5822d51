package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.TagScope;
import io.codetag.examples.pagecache.spi.ByteSource;
import io.codetag.examples.pagecache.spi.EntryInflater;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;

/**
 * The entries of archives: inflates them into the cache, compares them with their CRC-32, and notes them in a table that
 * is kept on behalf of this class.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class Entries implements AutoCloseable {
    private static final AllocTag ENTRY_TABLE = AllocTags.here();

    private static final int RECORD_BYTES = Long.BYTES + Integer.BYTES;

    private final PagePool pool;
    private final PageCache cache;
    private final List<EntryInflater> plugins;
    private final MetadataTable table;
    private final AtomicLong numbers = new AtomicLong();

    Entries(PagePool pool, PageCache cache, List<EntryInflater> plugins) {
        this.pool = pool;
        this.cache = cache;
        this.plugins = plugins;
        this.table = entryTable(pool);
    }

    /**
     * Reads one entry and notes it.
     *
     * @param reader reads the archive
     * @param host what to inflate with if no plugin wants to
     * @param entry the entry
     * @throws IOException if the archive cannot be read or is damaged
     */
    void read(FileReader reader, EntryInflater host, ArchiveEntry entry) throws IOException {
        final long number = numbers.getAndIncrement();
        final EntryBytes compressed = EntryBytes.of(reader, entry);
        if (entry.method() == ArchiveEntry.STORED) {
            check(entry, entry.compressed(), crcOf(compressed)); // its bytes are in the cache already
            return;
        }
        final InflatedEntry inflated = new InflatedEntry(pool, cache, sourceOf(number));
        try {
            inflaterFor(host, entry).inflate(compressed, entry.inflated(), inflated);
        } catch (DataFormatException damaged) {
            throw (ZipException) new ZipException("does not inflate: " + damaged.getMessage()).initCause(damaged);
        }
        check(entry, inflated.bytes(), inflated.crc());
        table.put(number, record(entry.inflated(), entry.crc()));
    }

    /** Returns how many entries were begun. */
    long count() {
        return numbers.get();
    }

    /**
     * Compares an entry with its CRC-32 once more, as far as the cache still has it.
     *
     * @param number its number, from 0
     * @return bytes compared; 0 if not all of it is cached; -1 if it differs
     */
    long compareCached(long number) {
        final ByteBuffer record = ByteBuffer.wrap(table.get(number));
        final long size = record.getLong();
        final CRC32 crc = new CRC32();
        long bytes = 0;
        try (Scratch scratch = new Scratch()) {
            for (int index = 0; bytes < size; index++) {
                final Block block = cache.pin(new BlockKey(sourceOf(number), index));
                if (block == null) {
                    return 0;
                }
                bytes += addTo(crc, block, scratch.bytes());
                cache.unpin(block);
            }
        }
        return bytes == size && (int) crc.getValue() == record.getInt() ? bytes : -1;
    }

    @Override
    public void close() {
        table.close();
    }

    /** Files count up from 0, entries down from -1. */
    private static long sourceOf(long number) {
        return -1 - number;
    }

    private static byte[] record(long size, int crc) {
        return ByteBuffer.allocate(RECORD_BYTES).putLong(size).putInt(crc).array();
    }

    private static long addTo(CRC32 crc, Block block, ByteBuffer scratch) {
        int bytes = 0;
        for (int count = block.copy(bytes, scratch.clear()); count > 0; count = block.copy(bytes, scratch.clear())) {
            crc.update(scratch.flip());
            bytes += count;
        }
        return bytes;
    }

    private static void check(ArchiveEntry entry, long bytes, int crc) throws ZipException {
        if (bytes != entry.inflated() || crc != entry.crc()) {
            throw new ZipException("differs from its CRC-32");
        }
    }

    private static int crcOf(ByteSource source) throws IOException {
        final CRC32 crc = new CRC32();
        try (Scratch scratch = new Scratch()) {
            final ByteBuffer bytes = scratch.bytes();
            while (source.read(bytes.clear()) >= 0) {
                crc.update(bytes.flip());
            }
        }
        return (int) crc.getValue();
    }

    private EntryInflater inflaterFor(EntryInflater host, ArchiveEntry entry) {
        for (EntryInflater plugin : plugins) {
            if (plugin.accepts(entry.name(), entry.inflated())) {
                return plugin;
            }
        }
        return host;
    }

    @SuppressWarnings("try") // a scope is entered and left, not used
    private static MetadataTable entryTable(PagePool pool) {
        try (TagScope onBehalfOfEntries = ENTRY_TABLE.enter()) {
            return new MetadataTable(pool, RECORD_BYTES);
        }
    }
}
