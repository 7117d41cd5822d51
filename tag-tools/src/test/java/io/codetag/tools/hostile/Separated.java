package io.codetag.tools.hostile;

import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values by the rules of RFC 4180 and nothing else. */
final class Separated {
    private final String document;
    private int at;

    private Separated(String document) {
        this.document = document;
    }

    static List<List<String>> parse(String document) {
        final Separated reader = new Separated(document);
        final List<List<String>> records = new ArrayList<>();
        while (reader.at < document.length()) {
            records.add(reader.record());
        }
        return records;
    }

    private List<String> record() {
        final List<String> fields = new ArrayList<>();
        fields.add(field());
        while (document.charAt(at) == ',') {
            at++;
            fields.add(field());
        }
        if (!document.startsWith("\r\n", at)) {
            throw new AssertionError("no end of a record at character " + at);
        }
        at += 2;
        return fields;
    }

    private String field() {
        return document.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() {
        final int start = at;
        while (",\r\n\"".indexOf(document.charAt(at)) < 0) {
            at++;
        }
        return document.substring(start, at);
    }

    private String quoted() {
        final StringBuilder field = new StringBuilder();
        at++;
        while (true) {
            final int quote = document.indexOf('"', at);
            field.append(document, at, quote);
            at = quote + 1;
            if (document.charAt(at) != '"') {
                return field.toString();
            }
            field.append('"');
            at++;
        }
    }
}
