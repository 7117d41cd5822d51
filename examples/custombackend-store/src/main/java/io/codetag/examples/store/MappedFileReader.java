package io.codetag.examples.store;

import static io.codetag.examples.store.FileLayout.BLOCKS;
import static io.codetag.examples.store.FileLayout.BLOCK_BYTES;
import static io.codetag.examples.store.FileLayout.CODES;
import static io.codetag.examples.store.FileLayout.KIND_MASK;
import static io.codetag.examples.store.FileLayout.KIND_SHIFT;
import static io.codetag.examples.store.FileLayout.NAMES;
import static io.codetag.examples.store.FileLayout.SECTION_PAGES;
import static io.codetag.examples.store.FileLayout.SECTION_SHIFT;
import static io.codetag.examples.store.FileLayout.TABLE_BYTES;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the file of a process that is no more: which page holds which code, and what the codes stand for.
 *
 * <p>Needs nothing of the process that wrote it, and no profiler. The file of a living process can be read too; what it
 * changes meanwhile may be seen or missed.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class MappedFileReader implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private final FileHeader header;
    private final SortedMap<Long, Long> sections = new TreeMap<>();
    private final Map<Integer, String> names = new TreeMap<>();
    private int tornNames;

    private MappedFileReader(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        final FileHeader found = FileHeader.read(channel, path);
        if (found == null) {
            throw new IOException(path + " was closed in good order, or its writer had not got beyond the header");
        }
        header = found;
        for (long at = FileLayout.stretchAt(0); at < channel.size(); at += FileLayout.STRETCH_BYTES) {
            readTable(at);
        }
    }

    /**
     * Opens a file and reads its names.
     *
     * @param path the file
     * @return the reader, to be closed
     * @throws IOException if it is no reference file, of another version, cut off or damaged; the message says which
     */
    public static MappedFileReader open(Path path) throws IOException {
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new MappedFileReader(path, channel);
        } catch (IOException | RuntimeException failure) {
            try (channel) {
                throw failure;
            }
        }
    }

    /**
     * Returns whose pages these are.
     *
     * @return the allocator's name
     */
    public String allocator() {
        return header.allocator();
    }

    /**
     * Returns the size of a page.
     *
     * @return bytes, a power of two
     */
    public int pageSize() {
        return header.pageSize();
    }

    /**
     * Returns the number of pages.
     *
     * @return pages
     */
    public long pageCount() {
        return header.pageCount();
    }

    /**
     * Returns the process that wrote the file.
     *
     * @return its id
     */
    public long process() {
        return header.process();
    }

    /**
     * Says whether that process still runs.
     *
     * @return false once it has ended, however it did
     */
    public boolean isWriterAlive() {
        return header.isWriterAlive();
    }

    /**
     * Returns the places behind codes. A code whose name was not yet written is missing.
     *
     * @return the names by code; unmodifiable
     */
    public Map<Integer, String> names() {
        return Collections.unmodifiableMap(names);
    }

    /**
     * Returns how many records of names were incomplete and skipped.
     *
     * @return records; 1 if the process died while it wrote one
     */
    public int tornNames() {
        return tornNames;
    }

    /**
     * Visits the pages that hold a reference in ascending order.
     *
     * @param visitor receives each page and its code, never 0
     * @throws IOException if the file cannot be read
     */
    public void references(PageVisitor visitor) throws IOException {
        for (Map.Entry<Long, Long> section : sections.entrySet()) {
            final ByteBuffer block = read(section.getValue(), BLOCK_BYTES);
            final long first = section.getKey() << SECTION_SHIFT;
            for (int page = 0; page < SECTION_PAGES; page++) {
                final int code = FileLayout.intAcquire(block, page * Integer.BYTES);
                if (code != 0) {
                    visitor.page(first + page, code);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void readTable(long stretch) throws IOException {
        final ByteBuffer table = read(stretch, TABLE_BYTES);
        for (int block = 0; block < BLOCKS; block++) {
            final long entry = FileLayout.longAcquire(table, block * Long.BYTES);
            final int kind = (int) entry & KIND_MASK;
            final long at = stretch + FileLayout.blockAt(block);
            if (kind == NAMES) {
                tornNames += NameLog.read(read(at, BLOCK_BYTES), names);
            } else if (kind == CODES) {
                addSection(entry >>> KIND_SHIFT, at);
            } else if (entry != 0) {
                throw new IOException(path + " is damaged: entry " + block + " of the table at byte " + stretch);
            }
        }
    }

    private void addSection(long section, long at) throws IOException {
        if (section > (header.pageCount() - 1) >>> SECTION_SHIFT || sections.put(section, at) != null) {
            throw new IOException(path + " is damaged: section " + section + " at byte " + at);
        }
    }

    private ByteBuffer read(long position, int bytes) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocateDirect(bytes); // direct, since views of arrays may be misaligned
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException(path + " is cut off at byte " + (position + buffer.position()));
            }
        }
        return buffer;
    }

    /** Receives pages that hold a reference. */
    @FunctionalInterface
    public interface PageVisitor {
        /**
         * Takes one page.
         *
         * @param pfn the page
         * @param code its code, never 0; up to 2 are reserved
         */
        void page(long pfn, int code);
    }
}
