package io.codetag.tools.report;

import io.codetag.core.AllocInfoJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Appends samples to a series.
 *
 * <p>A series is a file of lines, one for each sample, oldest first, each a JSON object:
 * {@code {"allocinfo-series":1,"takenAt":<ISO 8601, UTC>,"report":<the JSON report>}}. A line is written at once and at the
 * end of the file, so that readers see whole samples; if the machine stops in between, the last line is torn, which readers
 * tolerate, and cut off when the series goes on.
 *
 * <p><b>Thread safety.</b> None.
 *
 * @since 0.1
 */
public final class SeriesWriter implements AutoCloseable {
    private static final int SEARCH = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final long cut;

    private SeriesWriter(Path file, FileChannel channel, long cut) {
        this.file = file;
        this.channel = channel;
        this.cut = cut;
    }

    /**
     * Opens a series, a new one or one that goes on.
     *
     * @param file the file
     * @return the writer
     * @throws ReportException if the file cannot be opened, or is something else
     */
    public static SeriesWriter open(Path file) throws ReportException {
        try {
            checkIsSeries(file);
            final FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    throw new ReportException(file + " is being written by another process; one at a time may");
                }
                final long before = channel.size();
                cutTornLine(channel);
                return new SeriesWriter(file, channel, before - channel.size());
            } catch (IOException | ReportException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    /**
     * Says what was done to the series when it was opened.
     *
     * @return a sentence, if its last line was torn
     */
    public Optional<String> note() {
        return cut == 0
                ? Optional.empty()
                : Optional.of(
                        file + ": the last line was torn while it was written; its " + cut + " bytes were cut off");
    }

    /**
     * Appends a sample.
     *
     * @param sample the sample
     * @throws ReportException if it cannot be written
     */
    public void append(Sample sample) throws ReportException {
        try {
            final ByteBuffer line = ByteBuffer.wrap(line(sample));
            final long start = channel.size();
            try {
                channel.position(start);
                while (line.hasRemaining()) {
                    channel.write(line);
                }
            } catch (IOException failure) {
                channel.truncate(start); // so that what is there stays a series
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    @Override
    public void close() throws ReportException {
        try {
            channel.close();
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    /**
     * Formats a sample as a line of a series.
     *
     * @param sample the sample
     * @return the line with its end, in UTF-8
     */
    public static byte[] line(Sample sample) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            out.append(SeriesFormat.MARK)
                    .append(String.valueOf(SeriesFormat.VERSION))
                    .append(",\"takenAt\":\"")
                    .append(sample.takenAt().toString())
                    .append("\",\"report\":");
            AllocInfoJson.ENTRIES.write(sample.info(), new WithoutLineEnds(out));
            out.append("}\n");
        } catch (IOException impossible) { // memory does not fail that way
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private static void checkIsSeries(Path file) throws IOException, ReportException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        final byte[] mark = SeriesFormat.MARK.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            if (!new String(in.readNBytes(mark.length), StandardCharsets.UTF_8).equals(SeriesFormat.MARK)) {
                throw new ReportException(file
                        + " is there and is no series, so nothing is appended to it; accepted: a new file or a series");
            }
        }
    }

    /** Takes away what follows the last line end. */
    private static void cutTornLine(FileChannel channel) throws IOException {
        long end = channel.size();
        while (end > 0) {
            final long start = Math.max(0, end - SEARCH);
            final ByteBuffer part = ByteBuffer.allocate((int) (end - start));
            while (part.hasRemaining() && channel.read(part, start + part.position()) >= 0) {
                // until it is full
            }
            for (int i = part.position() - 1; i >= 0; i--) {
                if (part.get(i) == '\n') {
                    channel.truncate(start + i + 1);
                    return;
                }
            }
            end = start;
        }
        channel.truncate(0);
    }

    private static ReportException unwritable(Path file, IOException failure) {
        return new ReportException(file + " cannot be written: " + failure, failure);
    }

    /** JSON has line ends between entries only, where they mean nothing. */
    private static final class WithoutLineEnds implements Appendable {
        private final Writer out;

        WithoutLineEnds(Writer out) {
            this.out = out;
        }

        @Override
        public Appendable append(CharSequence text) throws IOException {
            return append(text, 0, text.length());
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            for (int i = start; i < end; i++) {
                append(text.charAt(i));
            }
            return this;
        }

        @Override
        public Appendable append(char character) throws IOException {
            if (character != '\n') {
                out.append(character);
            }
            return this;
        }
    }
}
