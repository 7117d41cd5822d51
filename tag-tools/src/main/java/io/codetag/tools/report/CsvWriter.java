package io.codetag.tools.report;

import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.PlaceText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports as comma-separated values (RFC 4180), one record for each tag of each sample.
 *
 * <p>Names are escaped as in the text report, so a record is a line. A name that begins with one of {@code = + - @} has
 * this character escaped too: spreadsheets would take it for a formula.
 *
 * @since 0.1
 */
public final class CsvWriter {
    private static final String COLUMNS = "takenAt,bytes,calls,module,path,line,function,accurate,unloaded";
    private static final String END = "\r\n";

    private CsvWriter() {}

    /**
     * Writes a series, or a series of one.
     *
     * @param samples the samples
     * @param out where to; it is left open
     * @throws IOException if that fails
     */
    public static void write(List<Sample> samples, OutputStream out) throws IOException {
        final Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text.append(COLUMNS).append(END);
        final StringBuilder line = new StringBuilder();
        for (Sample sample : samples) {
            final String takenAt = sample.takenAt().toString();
            for (AllocEntry entry : sample.info().entries()) {
                line.setLength(0);
                appendRecord(line.append(takenAt).append(','), entry);
                text.append(line);
            }
        }
        text.flush();
    }

    private static void appendRecord(StringBuilder line, AllocEntry entry) {
        final CodeTag place = entry.place();
        line.append(Math.max(0, entry.bytes())).append(',');
        line.append(Math.max(0, entry.calls())).append(',');
        appendName(line, place.module()).append(',');
        appendName(line, place.path()).append(',');
        line.append(place.line()).append(',');
        appendName(line, place.function()).append(',');
        line.append(entry.accurate()).append(',').append(entry.unloaded()).append(END);
    }

    private static StringBuilder appendName(StringBuilder line, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return line;
        }
        final String escaped = PlaceText.escape(name);
        final String inert = "=+-@".indexOf(escaped.charAt(0)) < 0
                ? escaped
                : String.format("\\%03o", (int) escaped.charAt(0)) + escaped.substring(1);
        return inert.indexOf(',') < 0 && inert.indexOf('"') < 0
                ? line.append(inert)
                : line.append('"').append(inert.replace("\"", "\"\"")).append('"');
    }
}
