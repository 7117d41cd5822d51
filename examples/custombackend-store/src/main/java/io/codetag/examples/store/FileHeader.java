package io.codetag.examples.store;

import static io.codetag.examples.store.FileLayout.HEADER_BYTES;
import static io.codetag.examples.store.FileLayout.MAGIC;
import static io.codetag.examples.store.FileLayout.MAGIC_AT;
import static io.codetag.examples.store.FileLayout.MAX_NAME_BYTES;
import static io.codetag.examples.store.FileLayout.NAME_AT;
import static io.codetag.examples.store.FileLayout.NAME_LENGTH_AT;
import static io.codetag.examples.store.FileLayout.PAGE_COUNT_AT;
import static io.codetag.examples.store.FileLayout.PAGE_SIZE_AT;
import static io.codetag.examples.store.FileLayout.PROCESS_AT;
import static io.codetag.examples.store.FileLayout.START_AT;
import static io.codetag.examples.store.FileLayout.VERSION;
import static io.codetag.examples.store.FileLayout.VERSION_AT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a reference file say.
 *
 * @param allocator whose pages these are
 * @param pageCount pages
 * @param pageSize bytes of one page
 * @param process the id of the process that wrote the file
 * @param start when that process started, in milliseconds since 1970; 0 if unknown
 */
record FileHeader(String allocator, long pageCount, int pageSize, long process, long start) {
    static FileHeader ofThisProcess(String allocator, long pageCount, int pageSize) {
        final ProcessHandle self = ProcessHandle.current();
        return new FileHeader(allocator, pageCount, pageSize, self.pid(), startOf(self));
    }

    /** Writes everything but the magic, then the magic: whoever sees it sees a whole header. */
    void writeTo(ByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(VERSION_AT, VERSION).putInt(PAGE_SIZE_AT, pageSize).putLong(PAGE_COUNT_AT, pageCount);
        bytes.putLong(PROCESS_AT, process).putLong(START_AT, start);
        final byte[] name = Utf8.bytes(allocator, MAX_NAME_BYTES);
        bytes.putInt(NAME_LENGTH_AT, name.length).put(NAME_AT, name);
        FileLayout.longRelease(bytes, MAGIC_AT, MAGIC);
    }

    /**
     * Reads a header; null if its writer had not completed it, or has closed the store.
     *
     * @throws IOException if this is no reference file, or one of another version; the message says which file
     */
    static @Nullable FileHeader read(FileChannel channel, Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // a channel may give less than it was asked for
        }
        final long magic = bytes.getLong(MAGIC_AT);
        if (bytes.position() == 0 || (magic == 0 && bytes.position() == HEADER_BYTES)) {
            return null;
        }
        if (magic != MAGIC || bytes.position() < HEADER_BYTES) {
            throw new IOException(file + " is no file of the backend " + MappedFileStoreProvider.NAME);
        }
        final int version = bytes.getInt(VERSION_AT);
        if (version != VERSION) {
            throw new IOException(
                    file + " has version " + version + " of the file format; version " + VERSION + " is known here");
        }
        return decode(bytes, file);
    }

    boolean isWriterAlive() {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(found -> start == 0 || startOf(found) == start) // else the id was given to another process
                .isPresent();
    }

    private static FileHeader decode(ByteBuffer bytes, Path file) throws IOException {
        final int length = bytes.getInt(NAME_LENGTH_AT);
        final int pageSize = bytes.getInt(PAGE_SIZE_AT);
        final long pageCount = bytes.getLong(PAGE_COUNT_AT);
        if (length < 0 || length > MAX_NAME_BYTES || Integer.bitCount(pageSize) != 1 || pageCount < 1) {
            throw new IOException(file + " is damaged: its header makes no sense");
        }
        final byte[] name = new byte[length];
        bytes.get(NAME_AT, name);
        return new FileHeader(
                new String(name, UTF_8), pageCount, pageSize, bytes.getLong(PROCESS_AT), bytes.getLong(START_AT));
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
