package io.codetag.tools.report;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.PlaceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text report, ours or Linux' {@code /proc/allocinfo}: header, line of columns, entries.
 *
 * <pre>
 *        81920       20 com/acme/plugin/Zip.java:94 [zip-plugin] func:inflate accurate:no
 *        bytes    calls path:line                   [module]     func:name    key:value …
 * </pre>
 */
final class TextReport {
    static final String TITLE = "allocinfo - version: ";

    private static final String LINE_FORM = "accepted: '<bytes> <calls> <path>:<line> [<module>] func:<name>', then"
            + " markers such as 'accurate:no', then a blank";
    private static final String FUNCTION = "func:";

    private final ReportLines lines;
    private final Strictness strictness;
    private final List<AllocEntry> entries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Integer> placesSeen = new HashMap<>();
    private int negative;
    private int firstNegative;
    private int unknownMarkers;
    private String firstUnknown = "";

    private TextReport(ReportLines lines, Strictness strictness) {
        this.lines = lines;
        this.strictness = strictness;
    }

    /** Reads a report to its end; what is odd about it is added to the notes. */
    static AllocInfo parse(ReportLines lines, Strictness strictness, List<String> notes)
            throws IOException, ReportException {
        final TextReport report = new TextReport(lines, strictness);
        report.header();
        report.body();
        report.note();
        notes.addAll(report.notes);
        return new AllocInfo(0, 0, report.entries);
    }

    private void header() throws IOException, ReportException {
        final String title = lines.next();
        final String version = title != null && title.startsWith(TITLE)
                ? title.substring(TITLE.length()).strip()
                : null;
        if (title == null || version == null) {
            throw lines.defect("expected '" + TITLE + "1.0' or '" + TITLE + "2.0'");
        }
        if (!version.equals("1.0") && !version.equals("2.0")) {
            throw lines.defect("version " + Excerpt.of(version) + "; accepted: 1.0 and 2.0");
        }
        final String columns = lines.next();
        if (columns == null || !columns.startsWith("#") || !lines.ended()) {
            throw lines.defect("expected the line of columns, '#     <size>  <calls> <tag info>'"
                    + (columns == null || !lines.ended()
                            ? "; the report is cut off"
                            : ", found " + Excerpt.of(columns)));
        }
    }

    private void body() throws IOException, ReportException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!lines.ended()) { // it may end in the middle of a number, or before a marker
                throw lines.defect("the report is cut off: the last line has no end: " + Excerpt.of(line.strip()));
            }
            if (!line.startsWith("#")) {
                entries.add(entry(line));
            }
        }
    }

    private AllocEntry entry(String line) throws ReportException {
        final Fields fields = new Fields(line);
        final long bytes = bytes(fields.next());
        final long calls = calls(fields.next());
        if (bytes < 0 || calls < 0) {
            noteNegative(bytes, calls);
        }
        final CodeTag place = place(fields);
        boolean accurate = true;
        boolean unloaded = false;
        for (String marker = fields.next(); marker != null; marker = fields.next()) {
            switch (marker) {
                case "accurate:no" -> accurate = false;
                case "state:unloaded" -> unloaded = true;
                default -> noteMarker(marker);
            }
        }
        return new AllocEntry(0, place, null, new AllocCounts(bytes, calls), accurate, unloaded);
    }

    private CodeTag place(Fields fields) throws ReportException {
        final int start = fields.position();
        final String pathAndLine = require(fields.next(), "no place");
        final int colon = pathAndLine.lastIndexOf(':');
        if (colon < 1) {
            throw defect("expected <path>:<line>, found " + Excerpt.of(pathAndLine));
        }
        final int line = lineNumber(pathAndLine.substring(colon + 1));
        final String path = pathAndLine.substring(0, colon);
        String module = null;
        String function = require(fields.next(), "no function");
        if (!function.startsWith(FUNCTION)) {
            if (function.length() < 3 || !function.startsWith("[") || !function.endsWith("]")) {
                throw defect("expected [<module>] or func:<name>, found " + Excerpt.of(function));
            }
            module = function.substring(1, function.length() - 1);
            function = require(fields.next(), "no function");
            if (!function.startsWith(FUNCTION)) {
                throw defect("expected func:<name>, found " + Excerpt.of(function));
            }
        }
        if (strictness == Strictness.STRICT) {
            refuseSecond(fields.since(start));
        }
        return new CodeTag(
                module == null ? null : unescape(module),
                "",
                unescape(path),
                line,
                unescape(function.substring(FUNCTION.length())));
    }

    private void refuseSecond(String place) throws ReportException {
        final Integer before = placesSeen.putIfAbsent(place, lines.number());
        if (before != null) {
            throw lines.defect("the place of line " + before + " again: " + Excerpt.of(place)
                    + "; accepted with --strict: each place once");
        }
    }

    private String unescape(String name) throws ReportException {
        try {
            return PlaceText.unescape(name);
        } catch (IllegalArgumentException wrong) {
            throw lines.defect("in the name " + Excerpt.of(name) + " " + wrong.getMessage());
        }
    }

    private long bytes(@Nullable String field) throws ReportException {
        try {
            return Long.parseLong(require(field, "the line is empty"));
        } catch (NumberFormatException wrong) {
            throw defect("expected live bytes, a whole number of 64 bits, found " + Excerpt.of(String.valueOf(field)));
        }
    }

    /** Linux prints calls without a sign: what is below zero for a moment looks like a number above 2^63. */
    private long calls(@Nullable String field) throws ReportException {
        try {
            return Long.parseUnsignedLong(require(field, "no calls"));
        } catch (NumberFormatException wrong) {
            throw defect("expected live calls, a whole number, 0 or more, found " + Excerpt.of(String.valueOf(field)));
        }
    }

    private int lineNumber(String digits) throws ReportException {
        try {
            final int line = Integer.parseInt(digits);
            if (line >= 0) {
                return line;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw defect("expected a line number, 0 to " + Integer.MAX_VALUE + ", found " + Excerpt.of(digits));
    }

    private String require(@Nullable String field, String otherwise) throws ReportException {
        if (field == null) {
            throw defect(otherwise);
        }
        return field;
    }

    private ReportException defect(String what) {
        return lines.defect(what + "; " + LINE_FORM);
    }

    private void noteNegative(long bytes, long calls) throws ReportException {
        if (strictness == Strictness.STRICT) {
            throw lines.defect((bytes < 0 ? "the size is " + bytes : "the calls are " + calls)
                    + "; accepted with --strict: 0 or more");
        }
        if (negative++ == 0) {
            firstNegative = lines.number();
        }
    }

    private void noteMarker(String marker) throws ReportException {
        final int colon = marker.indexOf(':');
        if (colon < 1) {
            throw defect("expected a marker <key>:<value>, found " + Excerpt.of(marker));
        }
        if (strictness == Strictness.STRICT) {
            throw lines.defect("the marker " + Excerpt.of(marker)
                    + " is not known; accepted with --strict: accurate:no and state:unloaded");
        }
        if (unknownMarkers++ == 0) {
            firstUnknown = Excerpt.of(marker) + " in line " + lines.number();
        }
    }

    private void note() {
        if (negative > 0) {
            notes.add(negative + (negative == 1 ? " line has a size" : " lines have sizes")
                    + " or calls below zero, the first is line " + firstNegative
                    + "; sums and differences take them as they are, tables show 0");
        }
        if (unknownMarkers > 0) {
            notes.add(unknownMarkers + (unknownMarkers == 1 ? " marker is" : " markers are")
                    + " not known and left out, the first is " + firstUnknown);
        }
    }

    /** Takes a line apart at its blanks. */
    private static final class Fields {
        private final String line;
        private int at;

        Fields(String line) {
            this.line = line;
            skipBlanks();
        }

        @Nullable
        String next() {
            if (at == line.length()) {
                return null;
            }
            final int blank = line.indexOf(' ', at);
            final int end = blank < 0 ? line.length() : blank;
            final String field = line.substring(at, end);
            at = end;
            skipBlanks();
            return field;
        }

        int position() {
            return at;
        }

        /** Returns what stands between a position and the field to come, without blanks around it. */
        String since(int position) {
            return line.substring(position, at).strip();
        }

        private void skipBlanks() {
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
