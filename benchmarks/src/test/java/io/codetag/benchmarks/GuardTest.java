package io.codetag.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.benchmarks.results.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guard")
class GuardTest {
    private static final Row BEFORE = new Row("pair", "cold", "added", "%", 2, 1, 3);

    @Test
    @DisplayName("says slower or faster only where the intervals lie apart")
    void apart() {
        final String recorded = "  recorded +2.0 % [1.0, 3.0]";
        assertEquals(recorded + "  SLOWER", Guard.change(new Row("pair", "cold", "added", "%", 4, 3.1, 5), BEFORE));
        assertEquals(recorded, Guard.change(new Row("pair", "cold", "added", "%", 4, 2.9, 5), BEFORE));
        assertEquals(recorded + "  faster", Guard.change(new Row("pair", "cold", "added", "%", 0, -1, 0.9), BEFORE));
    }
}
