package io.codetag.tools.jfr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * The first bytes of a chunk of a recording. A JVM that records rewrites them whenever it flushes: then everything below
 * {@code size} is complete, events and what they refer to.
 *
 * <pre>
 *    0  magic "FLR\0"     4  major, minor (2 + 2)      8  size, bytes
 *   16  constant pool    24  metadata, 0: none yet    32  start, nanos
 *   40  duration         48  start, ticks             56  ticks a second
 *   64  state: 0 finished, 255 being rewritten, else recording (1)     65  flags (3)
 * </pre>
 */
final class ChunkHeader {
    static final int BYTES = 68;

    private static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;
    private static final int MAJOR_AT = 4;
    private static final int SIZE_AT = 8;
    private static final int METADATA_AT = 24;
    private static final int STATE_AT = 64;
    private static final byte FINISHED = 0;
    private static final byte REWRITING = (byte) 255;

    /** A JVM rewrites a header within microseconds; one that was killed meanwhile never ends. */
    private static final int ATTEMPTS = 100;

    private static final long PAUSE_NANOS = 1_000_000;

    private final ByteBuffer bytes;

    private ChunkHeader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a header as a JVM left it between two rewrites.
     *
     * @throws IOException also if the file is too short
     */
    static ChunkHeader read(FileChannel file, long position) throws IOException {
        ChunkHeader last = readOnce(file, position);
        for (int i = 0; i < ATTEMPTS; i++) {
            final ChunkHeader again = readOnce(file, position);
            if (again.state() != REWRITING && again.bytes.equals(last.bytes)) {
                break;
            }
            last = again;
            LockSupport.parkNanos(ChunkHeader.class, PAUSE_NANOS);
        }
        return last;
    }

    private static ChunkHeader readOnce(FileChannel file, long position) throws IOException {
        final ByteBuffer read = ByteBuffer.allocate(BYTES);
        while (read.hasRemaining()) {
            if (file.read(read, position + read.position()) < 0) {
                throw new IOException("it ends within a header");
            }
        }
        return new ChunkHeader(read.flip());
    }

    boolean hasMagic() {
        return bytes.getInt(0) == MAGIC;
    }

    int majorVersion() {
        return bytes.getShort(MAJOR_AT);
    }

    /** Returns the bytes that are complete, this header included. */
    long size() {
        return bytes.getLong(SIZE_AT);
    }

    boolean isFinished() {
        return state() == FINISHED;
    }

    /** Says whether nothing has been flushed so far. */
    boolean isEmpty() {
        return !isFinished() && (bytes.getLong(METADATA_AT) == 0 || size() <= BYTES);
    }

    /** Returns this header as it would be, had the JVM ended the chunk with what it flushed last. */
    ByteBuffer finished() {
        final ByteBuffer copy = ByteBuffer.allocate(BYTES).put(bytes.duplicate());
        return copy.put(STATE_AT, FINISHED).flip();
    }

    private byte state() {
        return bytes.get(STATE_AT);
    }
}
