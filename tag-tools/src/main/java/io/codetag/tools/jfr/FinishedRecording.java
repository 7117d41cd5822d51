package io.codetag.tools.jfr;

import io.codetag.tools.report.ReportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file of chunks that every reader takes. Where the last chunk is unfinished, since its JVM was killed or is still
 * recording, it is a copy that ends with what was flushed last; the original is never touched.
 *
 * <p>Closing deletes the copy.
 */
final class FinishedRecording implements AutoCloseable {
    private final Path file;
    private final @Nullable Path copy;

    private FinishedRecording(Path file, @Nullable Path copy) {
        this.file = file;
        this.copy = copy;
    }

    /**
     * Opens a recording.
     *
     * @return the recording; null if nothing was flushed to it
     * @throws ReportException if it is no recording, or not all there
     * @throws IOException if it cannot be read, or not copied
     */
    static @Nullable FinishedRecording open(Path recording) throws IOException, ReportException {
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ)) {
            if (file.size() == 0) {
                return null;
            }
            long position = 0;
            while (position < file.size()) {
                final ChunkHeader header = checked(recording, file, position);
                if (!header.isFinished()) {
                    return header.isEmpty() && position == 0 ? null : unfinished(recording, file, position, header);
                }
                position += header.size();
            }
        }
        return new FinishedRecording(recording, null);
    }

    /** Returns what can be read. */
    Path file() {
        return copy == null ? file : copy;
    }

    @Override
    public void close() throws IOException {
        if (copy != null) {
            Files.deleteIfExists(copy);
        }
    }

    private static ChunkHeader checked(Path recording, FileChannel file, long position)
            throws IOException, ReportException {
        final long left = file.size() - position;
        if (left < ChunkHeader.BYTES) {
            throw truncated(recording, position, ChunkHeader.BYTES, left);
        }
        final ChunkHeader header = ChunkHeader.read(file, position);
        if (!header.hasMagic()) {
            throw new ReportException(
                    position == 0
                            ? recording + " is no recording of Flight Recorder"
                            : recording + " is damaged: no chunk begins at byte " + position);
        }
        if (header.majorVersion() != 1 && header.majorVersion() != 2) {
            throw new ReportException(recording + " has version " + header.majorVersion()
                    + " of the format of Flight Recorder; accepted: 1, 2");
        }
        if (header.isFinished() && header.size() <= ChunkHeader.BYTES) {
            throw new ReportException(recording + " is damaged: the chunk at byte " + position + " says it has "
                    + header.size() + " bytes");
        }
        if (header.size() > left) {
            throw truncated(recording, position, header.size(), left);
        }
        return header;
    }

    private static ReportException truncated(Path recording, long position, long expected, long left) {
        return new ReportException(recording + " is truncated: the chunk at byte " + position + " has " + expected
                + " bytes, of which " + left + " are there");
    }

    /** An empty chunk behind others is left out. */
    private static FinishedRecording unfinished(Path recording, FileChannel file, long position, ChunkHeader header)
            throws IOException {
        final Path copy = Files.createTempFile("allocinfo", ".jfr");
        try (FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            final long end = header.isEmpty() ? position : position + header.size();
            for (long copied = 0; copied < end; ) {
                final long more = file.transferTo(copied, end - copied, out);
                if (more <= 0) {
                    throw new IOException("it became shorter while it was read");
                }
                copied += more;
            }
            if (!header.isEmpty()) {
                final ByteBuffer finished = header.finished();
                while (finished.hasRemaining()) {
                    out.write(finished, position + finished.position());
                }
            }
            return new FinishedRecording(recording, copy);
        } catch (IOException | RuntimeException | Error failure) {
            Files.deleteIfExists(copy);
            throw failure;
        }
    }
}
