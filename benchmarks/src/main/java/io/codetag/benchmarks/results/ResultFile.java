package io.codetag.benchmarks.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one run of one command: lines with facts that begin with {@code #}, then a row a line, its parts
 * separated by tabs.
 *
 * @param facts where, when and how, by name
 * @param rows the figures
 */
public record ResultFile(Map<String, String> facts, List<Row> rows) {
    private static final String COLUMNS = "group\tname\tmetric\tunit\tvalue\tlow\thigh";

    /** Writes the file. */
    public void write(Path file) {
        final List<String> lines = new ArrayList<>();
        facts.forEach((name, value) -> lines.add("# " + name + ": " + value));
        lines.add(COLUMNS);
        rows.forEach(row -> lines.add(row.line()));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file. */
    public static ResultFile read(Path file) {
        final Map<String, String> facts = new LinkedHashMap<>();
        final List<Row> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("# ")) {
                    final int colon = line.indexOf(": ");
                    facts.put(line.substring(2, colon), line.substring(colon + 2));
                } else if (!line.equals(COLUMNS)) {
                    rows.add(Row.parse(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResultFile(facts, rows);
    }
}
