package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.core.AllocEntry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a page remembers")
class HistoryTest {
    private static TimePoint at(long millis, AllocEntry... entries) {
        return TimePoint.of(Tags.sample(millis, entries));
    }

    private static List<Long> times(List<TimePoint> points) {
        return points.stream().map(TimePoint::at).toList();
    }

    @Test
    @DisplayName("are the newest moments, oldest first, as many as were allowed")
    void bounded() {
        final History history = new History(3, 0);
        for (int i = 0; i < 9; i++) {
            history.add(at(i));
        }
        assertEquals(List.of(7L, 8L, 9L), times(history.add(at(9))));
        assertEquals(List.of(), new History(0, 0).add(at(1)));
    }

    @Test
    @DisplayName("are moments some time apart, however many readers ask")
    void apart() {
        final History history = new History(10, 100);
        history.add(at(0));
        history.add(at(99));
        assertEquals(List.of(0L, 100L), times(history.add(at(100))));
        assertEquals(List.of(0L, 100L, 50L), times(history.add(at(50))), "the clock was set back");
    }

    @Test
    @DisplayName("are the largest tags of each moment only, and the total of all")
    void largest() {
        final AllocEntry[] many = IntStream.range(0, 1_000)
                .mapToObj(i -> Tags.entry("a.Tag" + i, 1, "f", i, 1))
                .toArray(AllocEntry[]::new);
        final TimePoint kept = new History(1, 0).add(at(0, many)).get(0);
        assertEquals(499_500, kept.totalBytes());
        assertTrue(
                kept.info().entries().size() < 100, () -> kept.info().entries().size() + " are kept");
        assertEquals(999, kept.info().entries().get(0).bytes());
    }
}
