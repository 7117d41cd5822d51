package io.codetag.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON by the grammar of RFC 8259 and nothing beside it; no member twice, nothing after the end. */
final class StrictJson {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\x00-\\x1F]+");
    private static final Pattern UNICODE = Pattern.compile("u([0-9a-fA-F]{4})");

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /** Returns maps in their order, lists, strings, longs, booleans, null. */
    static @Nullable Object parse(String text) {
        final StrictJson json = new StrictJson(text);
        final Object value = json.value();
        json.blanks();
        if (json.at != text.length()) {
            throw json.wrong();
        }
        return value;
    }

    private @Nullable Object value() {
        blanks();
        if (skip("{")) {
            return object();
        }
        if (skip("[")) {
            return array();
        }
        if (skip("\"")) {
            return string();
        }
        if (skip("true")) {
            return true;
        }
        if (skip("false")) {
            return false;
        }
        if (skip("null")) {
            return null;
        }
        return Long.parseLong(match(NUMBER).group());
    }

    private Map<String, @Nullable Object> object() {
        final Map<String, @Nullable Object> members = new LinkedHashMap<>();
        blanks();
        if (skip("}")) {
            return members;
        }
        do {
            blanks();
            expect("\"");
            final String name = string();
            blanks();
            expect(":");
            if (members.containsKey(name)) {
                throw wrong();
            }
            members.put(name, value());
            blanks();
        } while (skip(","));
        expect("}");
        return members;
    }

    private List<@Nullable Object> array() {
        final List<@Nullable Object> elements = new ArrayList<>();
        blanks();
        if (skip("]")) {
            return elements;
        }
        do {
            elements.add(value());
            blanks();
        } while (skip(","));
        expect("]");
        return elements;
    }

    /** Reads the rest of a string. */
    private String string() {
        final StringBuilder value = new StringBuilder();
        while (!skip("\"")) {
            if (!skip("\\")) {
                value.append(match(PLAIN).group());
            } else if (text.startsWith("u", at)) {
                value.append((char) Integer.parseInt(match(UNICODE).group(1), 16));
            } else {
                final int escape = at < text.length() ? "\"\\/bfnrt".indexOf(text.charAt(at)) : -1;
                if (escape < 0) {
                    throw wrong();
                }
                value.append("\"\\/\b\f\n\r\t".charAt(escape));
                at++;
            }
        }
        return value.toString();
    }

    private void blanks() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(String token) {
        final boolean there = text.startsWith(token, at);
        at += there ? token.length() : 0;
        return there;
    }

    private void expect(String token) {
        if (!skip(token)) {
            throw wrong();
        }
    }

    private Matcher match(Pattern pattern) {
        final Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw wrong();
        }
        at = matcher.end();
        return matcher;
    }

    private AssertionError wrong() {
        return new AssertionError("no JSON at " + at + ": " + text.substring(at, Math.min(text.length(), at + 40)));
    }
}
