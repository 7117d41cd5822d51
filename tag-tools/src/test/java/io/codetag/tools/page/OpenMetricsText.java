package io.codetag.tools.page;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of OpenMetrics 1.0 as far as gauges go, and accepts nothing else: metadata before samples, each once;
 * families not interleaved; a unit that ends the name; labels escaped and without repetition; no series twice; {@code # EOF}
 * at the end and nothing after it.
 *
 * @param families by name
 */
record OpenMetricsText(Map<String, Family> families) {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern METADATA = Pattern.compile("# (TYPE|UNIT|HELP) (" + NAME + ") (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (-?[0-9]+)");
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*=");

    /**
     * A family of series.
     *
     * @param unit its unit; empty for none
     * @param samples value by labels
     */
    record Family(String unit, Map<Map<String, String>, Long> samples) {}

    static OpenMetricsText parse(String text) {
        check(text.endsWith("\n# EOF\n"), "no end");
        final Map<String, Family> families = new LinkedHashMap<>();
        final Map<String, String> metadata = new HashMap<>();
        String current = "";
        for (String line :
                text.substring(0, text.length() - "\n# EOF\n".length()).split("\n", -1)) {
            final Matcher described = METADATA.matcher(line);
            final Matcher sample = SAMPLE.matcher(line);
            if (described.matches()) {
                final String name = described.group(2);
                if (!name.equals(current)) {
                    check(!families.containsKey(name), "in two pieces: " + line);
                    current = name;
                    metadata.clear();
                    families.put(name, new Family("", new LinkedHashMap<>()));
                }
                check(families.get(name).samples().isEmpty(), "after a sample: " + line);
                check(metadata.put(described.group(1), described.group(3)) == null, "twice: " + line);
                describe(families, name, described.group(1), described.group(3));
            } else {
                check(sample.matches(), "not understood: " + line);
                check(sample.group(1).equals(current), "of another family: " + line);
                check("gauge".equals(metadata.get("TYPE")), "no gauge: " + line);
                final Map<String, String> labels = labels(sample.group(2));
                check(
                        families.get(current).samples().put(labels, Long.valueOf(sample.group(3))) == null,
                        "twice: " + line);
            }
        }
        return new OpenMetricsText(families);
    }

    Family family(String name) {
        return families.get(name);
    }

    long value(String name, Map<String, String> labels) {
        return family(name).samples().get(labels);
    }

    private static void describe(Map<String, Family> families, String name, String kind, String value) {
        if (kind.equals("UNIT")) {
            check(name.endsWith("_" + value), "the name does not end with its unit: " + name);
            families.put(name, new Family(value, families.get(name).samples()));
        } else if (kind.equals("HELP")) {
            check(!value.contains("\\") && !value.isBlank(), "help: " + value);
        }
    }

    private static Map<String, String> labels(String text) {
        final Map<String, String> labels = new HashMap<>();
        if (text == null) {
            return labels;
        }
        final Matcher name = LABEL_NAME.matcher(text);
        int at = 0;
        while (at < text.length()) {
            check(at == 0 || text.charAt(at++) == ',', "no comma: " + text);
            check(name.find(at) && name.start() == at, "no label: " + text);
            final StringBuilder value = new StringBuilder();
            at = quoted(text, name.end(), value);
            check(labels.put(text.substring(name.start(), name.end() - 1), value.toString()) == null, "twice: " + text);
        }
        return labels;
    }

    /** Reads a value by hand, as expressions overflow the stack on long ones; returns where it ends. */
    private static int quoted(String text, int start, StringBuilder value) {
        check(text.charAt(start) == '"', "no value: " + text);
        for (int at = start + 1; at < text.length(); at++) {
            final char character = text.charAt(at);
            if (character == '"') {
                return at + 1;
            }
            if (character == '\n') {
                throw new AssertionError("a line end in a value: " + text);
            }
            if (character == '\\') {
                at++;
                if (at == text.length() || "\\n\"".indexOf(text.charAt(at)) < 0) {
                    throw new AssertionError("no escape: " + text);
                }
                value.append(text.charAt(at) == 'n' ? '\n' : text.charAt(at));
            } else {
                value.append(character);
            }
        }
        throw new AssertionError("a value without an end: " + text);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }
}
