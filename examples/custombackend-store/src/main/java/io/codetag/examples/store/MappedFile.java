package io.codetag.examples.store;

import static io.codetag.examples.store.FileLayout.BLOCKS;
import static io.codetag.examples.store.FileLayout.BLOCK_BYTES;
import static io.codetag.examples.store.FileLayout.HEADER_BYTES;
import static io.codetag.examples.store.FileLayout.KIND_SHIFT;
import static io.codetag.examples.store.FileLayout.STRETCH_BYTES;
import static io.codetag.examples.store.FileLayout.TABLE_BYTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file as its writer sees it: a header, and blocks handed out one after the other. */
final class MappedFile {
    private final Path path;
    private final ByteBuffer header;

    private ByteBuffer stretch; // guarded by this, as are the two below
    private long stretches;
    private int blocksTaken;

    private volatile long bytesInUse = HEADER_BYTES;

    MappedFile(Path path, FileHeader content) {
        this.path = path;
        header = map(0, HEADER_BYTES);
        content.writeTo(header);
        stretch = header; // full: the first block begins the first stretch
        blocksTaken = BLOCKS;
    }

    /**
     * Takes the next block, all zero.
     *
     * @throws UncheckedIOException if the file cannot be made longer
     */
    synchronized ByteBuffer takeBlock(int kind, long section) {
        if (blocksTaken == BLOCKS) {
            stretch = map(FileLayout.stretchAt(stretches), STRETCH_BYTES);
            stretches++;
            blocksTaken = 0;
            bytesInUse += TABLE_BYTES;
        }
        final ByteBuffer block = stretch.slice(FileLayout.blockAt(blocksTaken), BLOCK_BYTES);
        // Entered before anything is written to the block: whatever a reader finds in the file is in the table.
        FileLayout.longRelease(stretch, blocksTaken * Long.BYTES, section << KIND_SHIFT | kind);
        blocksTaken++;
        bytesInUse += BLOCK_BYTES;
        return block;
    }

    void pageCount(long pageCount) {
        FileLayout.longRelease(header, FileLayout.PAGE_COUNT_AT, pageCount);
    }

    /** Returns the bytes of the header, the tables and the blocks taken. */
    long bytesInUse() {
        return bytesInUse;
    }

    Path path() {
        return path;
    }

    /** Withdraws the header, for systems that do not delete a mapped file, and deletes the file. */
    void delete() {
        FileLayout.longRelease(header, FileLayout.MAGIC_AT, 0);
        try {
            Files.deleteIfExists(path);
        } catch (IOException stillMapped) {
            // Without a header nobody takes the file for an account of anything.
        }
    }

    /*
     * An interrupt closes a FileChannel under whoever maps, so none is kept: each mapping opens its own, with the
     * interrupt put off, and tries again if one came in between. An allocator's thread may well be interrupted.
     */
    private ByteBuffer map(long position, int bytes) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    return channel.map(MapMode.READ_WRITE, position, bytes);
                } catch (ClosedByInterruptException interrupt) {
                    interrupted |= Thread.interrupted();
                } catch (IOException failure) {
                    throw new UncheckedIOException("cannot map " + bytes + " bytes of " + path, failure);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
