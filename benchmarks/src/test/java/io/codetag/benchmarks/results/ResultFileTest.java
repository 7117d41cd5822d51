package io.codetag.benchmarks.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Results")
class ResultFileTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("are read as they were written")
    void roundTrip() {
        final ResultFile written = new ResultFile(
                Map.of("command", "benchmarks/run x: y"),
                List.of(
                        new Row("pair", "cold", "added", "%", -0.25, -1, 1.5),
                        Row.of("pair", "cold", "median", "ns", 3)));
        written.write(folder.resolve("deep/x.tsv"));
        assertEquals(written, ResultFile.read(folder.resolve("deep/x.tsv")));
    }

    @Test
    @DisplayName("of several launches become a median between the smallest and the largest")
    void join() {
        final List<Row> joined = Row.join(List.of(
                Row.of("pair", "cold", "added", "ns", 3),
                Row.of("pair", "cold", "added", "%", 30),
                Row.of("pair", "cold", "added", "ns", 1),
                Row.of("pair", "cold", "added", "ns", 7)));
        assertEquals(
                List.of(new Row("pair", "cold", "added", "ns", 3, 1, 7), Row.of("pair", "cold", "added", "%", 30)),
                joined);
    }

    @Test
    @DisplayName("have a median, also of an even number")
    void medians() {
        assertEquals(2, Medians.of(3, 1, 2));
        assertEquals(2.5, Medians.of(4, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, Medians::of);
    }
}
