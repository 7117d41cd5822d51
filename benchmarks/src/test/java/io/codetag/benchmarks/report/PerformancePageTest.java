package io.codetag.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page of results")
class PerformancePageTest {
    private static final String TARGET = "never\t`never`\ta-hot\tpair-in-hand\tnever\t\tadded\t%\tcontrol 0.5\n";

    @TempDir
    private Path folder;

    private Path page;

    @BeforeEach
    void prepare() throws IOException {
        page = folder.resolve("docs/performance.md");
        Files.createDirectories(folder.resolve("results"));
        Files.createDirectories(page.getParent());
        Files.writeString(folder.resolve("targets.tsv"), TARGET);
        Files.writeString(page, """
                # Title
                <!-- begin targets -->
                old
                <!-- end targets -->
                text
                <!-- begin results -->
                old
                <!-- end results -->
                last
                """);
    }

    @Test
    @DisplayName("says so while nothing was measured, and gives no verdict")
    void nothing() throws IOException {
        final String text = write();
        assertTrue(text.contains("Nothing was measured yet."), text);
        assertTrue(text.contains("| `never` |  | within the control, ≤ 0.5 % | | not measured |"), text);
        assertFalse(text.contains("old"), text);
    }

    @Test
    @DisplayName("has a table for each group, where and how it was measured, and verdicts")
    void measured() throws IOException {
        new ResultFile(
                        Map.of("table", "The allocator", "command", "benchmarks/run a-hot", "error", "of 5 launches"),
                        List.of(
                                Row.of("pair-in-hand", "built without", "median", "ns", 3.21),
                                new Row("pair-in-hand", "again (control)", "added", "%", 0, -0.1, 0.2),
                                new Row("pair-in-hand", "never", "added", "%", 0.05, -0.3, 0.1)))
                .write(folder.resolve("results/a-hot-jdk17.tsv"));
        final String text = write();
        assertTrue(text.startsWith("# Title\n") && text.endsWith("\nlast\n"), text);
        assertTrue(text.contains("`benchmarks/run a-hot`"), text);
        assertTrue(text.contains("Figures: of 5 launches."), text);
        assertTrue(text.contains("| pair-in-hand | median, ns | added, % |"), text);
        assertTrue(text.contains("| built without | 3.21 |  |"), text);
        assertTrue(text.contains("| never |  | 0.05 [-0.30, 0.10] |"), text);
        assertTrue(
                text.contains("| `never` | 17 | within the control, ≤ 0.5 % (0.20 %) | 0.05 [-0.30, 0.10] | met |"),
                text);
        assertEquals(text, write(), "written again");
    }

    @Test
    @DisplayName("refuses a page without the markers")
    void noMarkers() {
        assertThrows(IllegalArgumentException.class, () -> PerformancePage.between("text", "results", "new"));
    }

    @Test
    @DisplayName("has pictures that an XML parser reads, whatever the names are")
    void pictures() throws Exception {
        final List<Row> rows = List.of(
                new Row("pair-in-hand", "a < b & \"c\"", "added", "ns", 1, -0.5, 2),
                new Row("pair-in-hand", "again (control)", "added", "ns", 0, 0, 0));
        parse(Plot.of("a-hot-jdk25").get(0).draw(rows));
        parse(Plot.of("f-pages-jdk17")
                .get(0)
                .draw(List.of(
                        new Row("random-pair, 2^16 pages", "x", "added", "ns", 1, 0, 2),
                        new Row("random-pair, 2^20 pages", "x", "added", "ns", 3, 2, 4))));
        parse(Plot.of("c-netty-jdk17").get(0).draw(List.of()));
    }

    @Test
    @DisplayName("draws twice the amount twice as long, and a factor of ten equally long each")
    void scales() {
        final Scale linear = Scale.of(0, 4, 100, 200, false);
        assertEquals(List.of(100.0, 150.0, 200.0), List.of(linear.at(0), linear.at(2), linear.at(4)));
        assertEquals(125, Scale.of(-1, 3, 100, 200, false).origin());
        final Scale logarithmic = Scale.of(1, 100, 100, 200, true);
        assertEquals(List.of(100.0, 150.0, 200.0), List.of(logarithmic.at(1), logarithmic.at(10), logarithmic.at(100)));
    }

    private String write() throws IOException {
        new PerformancePage(folder.resolve("results"), folder.resolve("targets.tsv"), page).write();
        return Files.readString(page);
    }

    private static void parse(String svg) throws Exception {
        final var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals("svg", document.getDocumentElement().getTagName());
    }
}
