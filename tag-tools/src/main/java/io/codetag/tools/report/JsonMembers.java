package io.codetag.tools.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads members of objects with their types checked; a defect is told with its line. */
final class JsonMembers {
    private final String name;
    private final JsonParser parser;
    private final int lineOffset;

    /**
     * Reads with a parser.
     *
     * @param lineOffset the lines before the text that the parser reads
     */
    JsonMembers(String name, JsonParser parser, int lineOffset) {
        this.name = name;
        this.parser = parser;
        this.lineOffset = lineOffset;
    }

    JsonParser parser() {
        return parser;
    }

    void beginObject(String what) throws ReportException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw defect("expected " + what + ", an object, found " + found());
        }
    }

    void beginArray(String member) throws ReportException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrongType(member, "an array");
        }
    }

    /** Goes to the value of the next member and returns the member's name; null at the end of the object. */
    @Nullable
    String nextMember() throws IOException {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return null;
        }
        final String member = parser.currentName();
        parser.nextToken();
        return member;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    long number(String member, long least) throws IOException, ReportException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw wrongType(member, "a whole number of 64 bits");
        }
        final long value = parser.getLongValue();
        if (value < least) {
            throw defect(member + " is " + value + "; accepted: " + least + " or more");
        }
        return value;
    }

    boolean bool(String member) throws IOException, ReportException {
        if (!parser.currentToken().isBoolean()) {
            throw wrongType(member, "true or false");
        }
        return parser.getBooleanValue();
    }

    String string(String member) throws IOException, ReportException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(member, "a string");
        }
        return parser.getText();
    }

    @Nullable
    String stringOrNull(String member) throws IOException, ReportException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : string(member);
    }

    <T> T require(@Nullable T value, String member) throws ReportException {
        if (value == null) {
            throw defect("there is no member '" + member + "'");
        }
        return value;
    }

    /** Checks that nothing but white space follows. */
    void end() throws IOException, ReportException {
        if (parser.nextToken() != null) {
            throw defect("something follows the end of the report: " + found());
        }
    }

    ReportException defect(String what) {
        return new ReportException(where() + what);
    }

    /** Says where the parser stands, for a message. */
    String where() {
        return where(parser.currentLocation().getLineNr());
    }

    String where(int line) {
        return name + ", line " + (line + lineOffset) + ": ";
    }

    private ReportException wrongType(String member, String accepted) {
        return defect(member + " is " + found() + "; accepted: " + accepted);
    }

    private String found() {
        final JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            default -> {
                try {
                    yield Excerpt.of(parser.getText());
                } catch (IOException unreadable) {
                    yield token.name();
                }
            }
        };
    }
}
