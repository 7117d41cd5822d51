package io.codetag.tools.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a report, each with its number, so that a defect is found where it is. */
final class ReportLines {
    /** Longer lines are taken for something that is no text report: four names of 10 000 escaped characters fit. */
    static final int LONGEST_TEXT = 1 << 22;

    /** A series has a whole report on a line. */
    static final int LONGEST_SAMPLE = 1 << 30;

    private final String name;
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private int number;
    private boolean ended = true;

    ReportLines(String name, InputStream in, int longest) {
        this.name = name;
        this.in = in;
        this.longest = longest;
    }

    /** Returns the next line without its end; null if there is none. */
    byte @Nullable [] nextBytes() throws IOException, ReportException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        number++;
        while (fill()) {
            final int start = from;
            while (from < to && buffer[from] != '\n') {
                from++;
            }
            line.write(buffer, start, from - start);
            if (line.size() > longest) {
                throw defect("is longer than " + longest + " bytes, so this is no report");
            }
            if (from < to) {
                from++;
                ended = true;
                return line.toByteArray();
            }
        }
        ended = false;
        return line.size() == 0 ? null : line.toByteArray();
    }

    /** Returns the next line without its end; null if there is none. */
    @Nullable
    String next() throws IOException, ReportException {
        final byte[] bytes = nextBytes();
        if (bytes == null) {
            return null;
        }
        final boolean fromWindows = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        final ByteBuffer content = ByteBuffer.wrap(bytes, 0, fromWindows ? bytes.length - 1 : bytes.length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
        } catch (CharacterCodingException malformed) {
            throw defect("is not UTF-8 at byte " + (content.position() + 1) + "; reports are");
        }
    }

    /** Says whether the line that was read last had a line end. */
    boolean ended() {
        return ended;
    }

    /** Returns the number of the line that was read last, from 1. */
    int number() {
        return number;
    }

    /** Makes the exception for a defect in the line that was read last. */
    ReportException defect(String what) {
        return new ReportException(name + ", line " + number + ": " + what);
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return from < to;
    }
}
