package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The metrics")
class OpenMetricsTest {
    private static final ProfilerTotals TOTALS = new ProfilerTotals(
            List.of(
                    new PageTotals("small", 5, 1, OptionalLong.empty()),
                    new PageTotals("large \"pool\"\n", 50, 2, OptionalLong.empty())),
            new AllocCounts(7, 3),
            99);

    private static OpenMetricsText write(AllocInfo info, int top) throws IOException {
        final StringBuilder text = new StringBuilder();
        OpenMetrics.write(info, TOTALS, ProfilingState.ON, top, text);
        return OpenMetricsText.parse(text.toString());
    }

    private static AllocInfo many(int count) {
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(Tags.entry("a.Tag" + i, 1, "f", i, 1));
        }
        return new AllocInfo(1, 1, entries);
    }

    @Test
    @DisplayName("are valid OpenMetrics, with the prefix codetag_")
    void valid() throws IOException {
        final OpenMetricsText text = write(many(10), 5);
        text.families().forEach((name, family) -> assertTrue(name.startsWith("codetag_"), name));
        assertEquals("bytes", text.family("codetag_live_bytes").unit());
        assertEquals(1, text.value("codetag_state", Map.of("state", "on")));
        assertEquals(0, text.value("codetag_state", Map.of("state", "never")));
        assertEquals(10, text.value("codetag_tags", Map.of()));
        assertEquals(7, text.value("codetag_charged_bytes", Map.of()));
        assertEquals(3, text.value("codetag_charged_calls", Map.of()));
        assertEquals(99, text.value("codetag_own_bytes", Map.of()));
    }

    @Test
    @DisplayName("have a series for each of the largest tags, and one for the rest; together they are everything")
    void bounded() throws IOException {
        final OpenMetricsText text = write(many(1_000), 20);
        final Map<Map<String, String>, Long> series =
                text.family("codetag_live_bytes").samples();
        assertEquals(21, series.size());
        assertEquals(
                499_500, series.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(999, series.get(Map.of("module", "", "file", "a/Tag999.java", "line", "1", "function", "f")));
        final Map<String, String> other = Map.of("module", "", "file", "other", "line", "", "function", "");
        assertEquals(499_500 - 19_790, series.get(other));
        assertEquals(980, text.value("codetag_live_calls", other));
        assertEquals(
                1, write(many(1_000), 0).family("codetag_live_bytes").samples().size());
    }

    @Test
    @DisplayName("bound the allocators, too")
    void boundedAllocators() throws IOException {
        final Map<Map<String, String>, Long> series =
                write(many(0), 1).family("codetag_pages_bytes").samples();
        assertEquals(Map.of(Map.of("allocator", "large \"pool\"\\012"), 50L, Map.of("allocator", "other"), 5L), series);
    }

    @Test
    @DisplayName("stay valid whatever the names are, and keep different names apart")
    void hostileNames() throws IOException {
        final List<AllocEntry> entries = new ArrayList<>();
        for (String name : Tags.HOSTILE) {
            entries.add(new AllocEntry(
                    3, new CodeTag(name, "a.B", "B.java", 1, name), null, new AllocCounts(1, 1), true, false));
        }
        entries.add(entries.get(0));
        final Map<Map<String, String>, Long> series = write(new AllocInfo(1, 1, entries), 1_000)
                .family("codetag_live_bytes")
                .samples();
        assertEquals(Tags.HOSTILE.size() + 1, series.size());
        assertEquals(
                entries.size(),
                series.values().stream().mapToLong(Long::longValue).sum());
        series.keySet().forEach(labels -> labels.values()
                .forEach(value -> assertFalse(value.matches("(?s).*[\\p{Cntrl}\u2028].*"), value)));
    }

    @Test
    @DisplayName("tell what is inaccurate and what unloaded modules left behind; below zero is zero")
    void markers() throws IOException {
        final OpenMetricsText text = write(
                Tags.info(
                        new AllocEntry(
                                3, CodeTag.of("a.B", "B.java", 1, "f"), null, new AllocCounts(8, 1), false, true),
                        Tags.entry("a.C", 1, "f", -5, -1)),
                5);
        assertEquals(1, text.value("codetag_inaccurate_tags", Map.of()));
        assertEquals(8, text.value("codetag_unloaded_bytes", Map.of()));
        assertEquals(
                0,
                text.value(
                        "codetag_live_bytes", Map.of("module", "", "file", "a/C.java", "line", "1", "function", "f")));
    }

    @Test
    @DisplayName("leave out what the source does not know")
    void unknown() throws IOException {
        final StringBuilder text = new StringBuilder();
        OpenMetrics.write(many(1), null, null, 5, text);
        final Map<String, OpenMetricsText.Family> families =
                OpenMetricsText.parse(text.toString()).families();
        assertTrue(families.containsKey("codetag_live_bytes"));
        assertFalse(families.containsKey("codetag_state"));
        assertFalse(families.containsKey("codetag_own_bytes"));
    }
}
