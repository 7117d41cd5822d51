package io.codetag.tools.report;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A series: one line of JSON for each sample, oldest first.
 *
 * <pre>
 * {"allocinfo-series":1,"takenAt":"2026-01-01T10:00:00.123Z","report":{"version":1, …}}
 * </pre>
 */
final class SeriesFormat {
    /** How each line begins, so that a series is known from its first bytes. */
    static final String MARK = "{\"allocinfo-series\":";

    static final int VERSION = 1;

    private SeriesFormat() {}

    /** Reads one line. */
    static Sample read(String name, InputStream line, int lineOffset, TagPool pool)
            throws IOException, ReportException {
        return JsonDocument.read(name, line, lineOffset, json -> sample(json, pool));
    }

    private static Sample sample(JsonMembers json, TagPool pool) throws IOException, ReportException {
        Instant takenAt = null;
        Long version = null;
        JsonReport.Parsed report = null;
        json.beginObject("a sample");
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            switch (name) {
                case "allocinfo-series" -> version = version(json);
                case "takenAt" -> takenAt = instant(json);
                case "report" -> report = JsonReport.parse(json, pool);
                default -> json.skip();
            }
        }
        json.require(version, "allocinfo-series");
        return new Sample(
                json.require(takenAt, "takenAt"), json.require(report, "report").info());
    }

    private static @Nullable Long version(JsonMembers json) throws IOException, ReportException {
        final long version = json.number("allocinfo-series", 0);
        if (version != VERSION) {
            throw json.defect("allocinfo-series is " + version + "; accepted: " + VERSION);
        }
        return version;
    }

    private static Instant instant(JsonMembers json) throws IOException, ReportException {
        final String text = json.string("takenAt");
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw json.defect(
                    "takenAt is " + Excerpt.of(text) + "; accepted: a moment such as 2026-01-01T10:00:00.123Z");
        }
    }
}
