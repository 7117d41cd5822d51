package io.codetag.benchmarks.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A target")
class TargetTest {
    private static final List<Row> ROWS = List.of(
            new Row("pair", "cold", "added", "%", 0.3, 0.1, 0.6),
            new Row("pair", "again (control)", "added", "%", 0.1, -0.2, 0.4),
            new Row("pair", "floor", "added", "%", 0.2, 0.2, 0.2));

    @ParameterizedTest
    @CsvSource({
        "<= 0.7, true, false, 0.7",
        "<= 0.5, true, true, 0.5",
        "<= 0.2, false, true, 0.2",
        "<= 0.05, false, false, 0.05",
        ">= 0.2, true, true, 0.2",
        ">= 0.1, true, false, 0.1",
        ">= 0.5, false, true, 0.5",
        "control, true, true, 0.4",
        "control 0.5, true, true, 0.4",
        "control 0.25, false, true, 0.25",
        "<= row floor, false, true, 0.2",
    })
    @DisplayName("is met or missed, and open if the interval has the bound inside")
    void judged(String bound, boolean met, boolean open, double number) {
        final Verdict verdict = target("cold", "", bound).judge(ROWS);
        assertNotNull(verdict);
        assertEquals(new Verdict(ROWS.get(0), number, met, open), verdict);
    }

    @Test
    @DisplayName("may be for a difference, whose interval is as wide as both")
    void difference() {
        final Verdict verdict = target("cold", "again (control)", "<= 0.3").judge(ROWS);
        assertNotNull(verdict);
        assertEquals(0.2, verdict.figure().value(), 1e-9);
        assertEquals(-0.3, verdict.figure().low(), 1e-9);
        assertEquals(0.8, verdict.figure().high(), 1e-9);
    }

    @Test
    @DisplayName("has no verdict where nothing was measured")
    void notMeasured() {
        assertNull(target("warm", "", "<= 1").judge(ROWS));
        assertNull(target("cold", "warm", "<= 1").judge(ROWS));
    }

    @Test
    @DisplayName("with a bound that says nothing is refused")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> target("cold", "", "about 3")
                .judge(ROWS));
        assertThrows(IllegalArgumentException.class, () -> Target.parse("too\tfew"));
    }

    @Test
    @DisplayName("of the project can be read, and has an id of its own")
    void ofTheProject() {
        final List<Target> targets = Target.read(Path.of("targets.tsv"));
        final Set<String> ids = new HashSet<>();
        targets.forEach(target -> ids.add(target.id()));
        assertEquals(targets.size(), ids.size());
        assertFalse(targets.isEmpty());
    }

    @Test
    @DisplayName("of the project has a figure in the results of its table")
    void isMeasured() {
        for (Target target : Target.read(Path.of("targets.tsv"))) {
            final Path results = Path.of("results", target.table() + "-jdk17.tsv");
            assertNotNull(target.judge(ResultFile.read(results).rows()), target.id());
        }
    }

    private static Target target(String name, String minus, String bound) {
        return new Target("id", "what", "table", "pair", name, minus, "added", "%", bound);
    }
}
