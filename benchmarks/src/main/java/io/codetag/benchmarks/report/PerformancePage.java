package io.codetag.benchmarks.report;

import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes what was measured into the page, between its markers, and the plots beside it. */
public final class PerformancePage {
    private static final String IMAGES = "images/performance";

    private final Path results;
    private final Path targets;
    private final Path page;

    PerformancePage(Path results, Path targets, Path page) {
        this.results = results;
        this.targets = targets;
        this.page = page;
    }

    /**
     * Writes the project's page.
     *
     * @param args nothing
     */
    public static void main(String[] args) {
        new PerformancePage(
                        Path.of("benchmarks/results"),
                        Path.of("benchmarks/targets.tsv"),
                        Path.of("docs/performance.md"))
                .write();
    }

    void write() {
        try {
            final Map<String, ResultFile> files = files();
            final StringBuilder tables = new StringBuilder();
            for (Map.Entry<String, ResultFile> file : files.entrySet()) {
                tables.append(ResultText.section(file.getKey(), file.getValue()));
                for (Plot plot : Plot.of(file.getKey())) {
                    tables.append(draw(plot, file.getValue()));
                }
            }
            String text = Files.readString(page);
            text = between(text, "results", tables.isEmpty() ? "Nothing was measured yet.\n" : tables.toString());
            text = between(text, "targets", TargetText.table(Target.read(targets), files));
            Files.writeString(page, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, ResultFile> files() throws IOException {
        final Map<String, ResultFile> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(results)) {
            found.filter(file -> file.toString().endsWith(".tsv"))
                    .forEach(file ->
                            files.put(file.getFileName().toString().replace(".tsv", ""), ResultFile.read(file)));
        }
        return files;
    }

    private String draw(Plot plot, ResultFile file) throws IOException {
        final Path image = page.resolveSibling(IMAGES).resolve(plot.name() + ".svg");
        Files.createDirectories(image.getParent());
        Files.writeString(image, plot.draw(file.rows()));
        return "![" + plot.title() + "](" + IMAGES + "/" + plot.name() + ".svg)\n\n";
    }

    /** Replaces what stands between two markers. */
    static String between(String text, String marker, String content) {
        final String begin = "<!-- begin " + marker + " -->\n";
        final String end = "<!-- end " + marker + " -->";
        final int from = text.indexOf(begin);
        final int to = text.indexOf(end, Math.max(0, from));
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("the page has no markers for " + marker);
        }
        return text.substring(0, from + begin.length()) + "\n" + content.stripTrailing() + "\n\n" + text.substring(to);
    }
}
