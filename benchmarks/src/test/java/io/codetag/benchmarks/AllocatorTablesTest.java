package io.codetag.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.benchmarks.results.Row;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The work of two threads")
class AllocatorTablesTest {
    @Test
    @DisplayName("is twice that of one if an operation takes as long in each as in one, of the same name and metric")
    void scaling() {
        final List<Row> one = List.of(
                Row.of("pair", "never", "median", "ns", 12),
                Row.of("pair", "never", "shortest", "ns", 10),
                Row.of("pair", "never", "added", "ns", 1),
                Row.of("pair", "census", "shortest", "ns", 20));
        final List<Row> two = List.of(
                Row.of("pair, 2 threads", "census", "shortest", "ns", 80),
                Row.of("pair, 2 threads", "never", "shortest", "ns", 10),
                Row.of("pair, 2 threads", "never", "median", "ns", 16));
        assertEquals(
                List.of(
                        Row.of("pair, 2 threads", "never", "the same by medians", "times", 1.5),
                        Row.of("pair, 2 threads", "never", "work of 2 threads to that of 1", "times", 2),
                        Row.of("pair, 2 threads", "census", "work of 2 threads to that of 1", "times", 0.5)),
                AllocatorTables.scaling(one, two));
    }
}
