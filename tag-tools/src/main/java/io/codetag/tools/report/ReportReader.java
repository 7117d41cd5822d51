package io.codetag.tools.report;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads reports, and finds out by itself in which form they are: the text report in version 1.0 and 2.0, as this library
 * and as Linux write it; the JSON report; a series.
 *
 * <p>Names are decoded exactly. Places of a text report have their whole path as {@code file}, no class name and no
 * declaration, since the text has none.
 *
 * <p>Linux prints sizes below zero for moments when a block is freed on another processor than it was allocated on; they
 * are kept and said in the notes. The same place may occur on several lines; each becomes an entry. Markers that are not
 * known are left out and said. With {@link Strictness#STRICT} these three are errors. JSON is always read strictly.
 *
 * <p><b>Thread safety.</b> Has no state.
 *
 * @since 0.1
 */
public final class ReportReader {
    private static final int PEEK = 64;
    private static final String ACCEPTED = "accepted: a text report ('" + TextReport.TITLE + "1.0' or '"
            + TextReport.TITLE + "2.0'), a JSON report ('{\"version\":1,…'), a series ('" + SeriesFormat.MARK + "1,…'),"
            + " a recording of the JDK Flight Recorder (as a file)";

    private ReportReader() {}

    /**
     * Reads reports to the end of a stream.
     *
     * @param name what the stream is, for messages
     * @param in the stream; it is left open
     * @param takenAt when the report was taken, where it does not tell
     * @param strictness what to do about what only Linux writes
     * @return the reports
     * @throws ReportException if they cannot be read; the message names the line and what is accepted
     */
    public static Reading read(String name, InputStream in, Instant takenAt, Strictness strictness)
            throws ReportException {
        try {
            return read(name, new BufferedInputStream(in, 1 << 16), takenAt, strictness);
        } catch (IOException failure) {
            throw new ReportException(name + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /**
     * Reads a JSON report.
     *
     * @param name what the text is, for messages
     * @param json the text
     * @param takenAt when the report was taken
     * @return the report
     * @throws ReportException if it is none
     */
    public static Reading readJson(String name, String json, Instant takenAt) throws ReportException {
        try {
            return json(name, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), takenAt);
        } catch (IOException failure) {
            throw new ReportException(name + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static Reading read(String name, BufferedInputStream in, Instant takenAt, Strictness strictness)
            throws IOException, ReportException {
        in.mark(PEEK);
        final String beginning = new String(in.readNBytes(PEEK), StandardCharsets.ISO_8859_1);
        in.reset();
        final List<String> notes = new ArrayList<>();
        if (beginning.startsWith(SeriesFormat.MARK)) {
            final ReportLines lines = new ReportLines(name, in, ReportLines.LONGEST_SAMPLE);
            return new Reading(SeriesReport.parse(name, lines, notes), null, notes);
        }
        if (beginning.stripLeading().startsWith("{")) {
            return json(name, in, takenAt);
        }
        if (beginning.startsWith(TextReport.TITLE.substring(0, Math.min(9, beginning.length())))
                && !beginning.isEmpty()) {
            final ReportLines lines = new ReportLines(name, in, ReportLines.LONGEST_TEXT);
            return new Reading(List.of(new Sample(takenAt, TextReport.parse(lines, strictness, notes))), null, notes);
        }
        throw new ReportException(
                beginning.isEmpty()
                        ? name + " is empty; " + ACCEPTED
                        : name + ", line 1: no report begins with " + Excerpt.of(firstLine(beginning)) + "; "
                                + ACCEPTED);
    }

    private static Reading json(String name, InputStream in, Instant takenAt) throws IOException, ReportException {
        final JsonReport.Parsed report =
                JsonDocument.read(name, in, 0, members -> JsonReport.parse(members, new TagPool()));
        return new Reading(List.of(new Sample(takenAt, report.info())), report.state(), List.of());
    }

    private static String firstLine(String beginning) {
        return beginning.lines().findFirst().orElse("");
    }
}
