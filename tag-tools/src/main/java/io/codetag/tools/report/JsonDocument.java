package io.codetag.tools.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A JSON text: a report, or one line of a series. What is wrong with its form is told as a defect of the report. */
final class JsonDocument {
    private JsonDocument() {}

    /** What is read from a document. */
    interface Content<T extends @Nullable Object> {
        /** Reads; the parser stands at the first token. */
        T read(JsonMembers json) throws IOException, ReportException;
    }

    /** Reads a document to its end. */
    static <T> T read(String name, InputStream in, int lineOffset, Content<T> content)
            throws IOException, ReportException {
        try (JsonParser parser = JsonReport.JSON.createParser(in)) {
            final JsonMembers json = new JsonMembers(name, parser, lineOffset);
            try {
                parser.nextToken();
                final T result = content.read(json);
                json.end();
                return result;
            } catch (JsonEOFException end) {
                throw new ReportException(where(json, end) + "the JSON is cut off", end);
            } catch (JsonProcessingException wrong) {
                throw new ReportException(
                        where(json, wrong) + "no JSON: " + Excerpt.safe(wrong.getOriginalMessage()), wrong);
            }
        }
    }

    private static String where(JsonMembers json, JsonProcessingException wrong) {
        return wrong.getLocation() == null
                ? json.where()
                : json.where(wrong.getLocation().getLineNr());
    }
}
