package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.examples.pagecache.spi.HostPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * The index of one archive: its directory, read once and kept in pages of its own.
 *
 * <p><b>Thread safety.</b> Filled by one thread, then read by many.
 */
final class ArchiveIndex implements AutoCloseable {
    private static final AllocTag INDEX = AllocTags.here();

    private static final int BLOCK_ORDER = 2;
    private static final int BLOCK_BYTES = HostPages.PAGE_BYTES << BLOCK_ORDER;
    private static final int LONGEST_NAME = 4096;

    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ENCRYPTED = 1;

    private final PagePool pool;
    private final List<Long> blocks = new ArrayList<>();
    private ByteBuffer open = ByteBuffer.allocate(0);
    private int unreadable;

    private ArchiveIndex(PagePool pool) {
        this.pool = pool;
    }

    /**
     * Reads the directory of an archive, through the cache.
     *
     * @param pool where the index is kept
     * @param reader reads the archive
     * @param size bytes of the archive
     * @return its index
     * @throws IOException if the archive cannot be read or is damaged
     */
    static ArchiveIndex read(PagePool pool, FileReader reader, long size) throws IOException {
        final ArchiveDirectory directory = ArchiveDirectory.find(reader, size);
        final ArchiveIndex index = new ArchiveIndex(pool);
        try {
            index.fill(reader, directory);
            return index;
        } catch (IOException | RuntimeException failure) {
            index.close();
            throw failure;
        }
    }

    /** Returns the number of blocks of this index: how many parts it can be worked on in. */
    int parts() {
        return blocks.size();
    }

    /** Returns how many entries are not in the index, since this program could not read them. */
    int unreadable() {
        return unreadable;
    }

    /** Returns the bytes of pages that this index takes. */
    long pageBytes() {
        return (long) blocks.size() * BLOCK_BYTES;
    }

    /**
     * Returns the entries of one part.
     *
     * @param part its number
     * @return the entries
     */
    List<ArchiveEntry> entries(int part) {
        final ByteBuffer bytes = pool.buffer(blocks.get(part));
        final List<ArchiveEntry> entries = new ArrayList<>();
        for (int count = bytes.getInt(); count > 0; count--) {
            entries.add(ArchiveEntry.get(bytes));
        }
        return entries;
    }

    @Override
    public void close() {
        blocks.forEach(pool::free);
        blocks.clear();
    }

    private void fill(FileReader reader, ArchiveDirectory directory) throws IOException {
        final ByteBuffer fixed = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long at = directory.start();
        for (int i = 0; i < directory.entries(); i++) {
            reader.read(at, fixed.clear());
            if (fixed.hasRemaining() || fixed.getInt(0) != ENTRY_SIGNATURE) {
                throw new ZipException("a damaged directory");
            }
            final int nameLength = Short.toUnsignedInt(fixed.getShort(28));
            append(reader, fixed, at + ENTRY_BYTES, directory.shift());
            at += ENTRY_BYTES + nameLength + Short.toUnsignedInt(fixed.getShort(30));
            at += Short.toUnsignedInt(fixed.getShort(32));
        }
    }

    private void append(FileReader reader, ByteBuffer fixed, long nameAt, long shift) throws IOException {
        final int flags = fixed.getShort(8);
        final int method = fixed.getShort(10);
        final long inflated = Integer.toUnsignedLong(fixed.getInt(24));
        final int nameLength = Short.toUnsignedInt(fixed.getShort(28));
        final boolean readable = (flags & ENCRYPTED) == 0
                && (method == ArchiveEntry.STORED || method == ArchiveEntry.DEFLATED)
                && nameLength <= LONGEST_NAME;
        if (inflated == 0 || !readable) {
            unreadable += inflated == 0 ? 0 : 1;
            return;
        }
        final ByteBuffer target = blockFor(ArchiveEntry.indexedBytes(nameLength));
        final long header = shift + Integer.toUnsignedLong(fixed.getInt(42));
        final long compressed = Integer.toUnsignedLong(fixed.getInt(20));
        ArchiveEntry.put(target, header, compressed, inflated, fixed.getInt(16), method, nameLength);
        reader.read(nameAt, target.limit(target.position() + nameLength));
        target.limit(BLOCK_BYTES);
        target.putInt(0, target.getInt(0) + 1);
    }

    /** Returns the block to append to; a new one if an entry would not fit any more. */
    private ByteBuffer blockFor(int bytes) {
        if (open.remaining() < bytes) {
            final long pfn = pool.allocate(BLOCK_ORDER, INDEX);
            blocks.add(pfn);
            open = pool.buffer(pfn).limit(BLOCK_BYTES);
            open.putInt(0); // how many entries there are, at the front
        }
        return open;
    }
}
