package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerTotals;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The data of a page")
class PageJsonTest {
    private static String write(PageContent content) throws IOException {
        final StringBuilder text = new StringBuilder();
        PageJson.write(content, text);
        return text.toString();
    }

    private static Map<String, Object> read(PageContent content) throws IOException {
        return Json.object(write(content));
    }

    private static PageContent content(AllocEntry... entries) {
        return PageContent.of("title", "source", Tags.sample(1000, entries));
    }

    private static List<String> names(Map<String, Object> data, String column) {
        final List<String> strings = Json.asList(data.get("strings"));
        final List<Long> numbers = Json.asList(Json.asObject(data.get("tags")).get(column));
        return numbers.stream().map(number -> strings.get(number.intValue())).toList();
    }

    private static List<Long> column(Map<String, Object> data, String table, String column) {
        return Json.asList(Json.asObject(data.get(table)).get(column));
    }

    @Test
    @DisplayName("holds names of any characters exactly, and none that HTML gives a meaning to")
    void namesComeBack() throws IOException {
        final List<AllocEntry> entries = new ArrayList<>();
        for (String name : Tags.HOSTILE) {
            entries.add(
                    new AllocEntry(3, new CodeTag(name, "a.b.C", name, 1, name), null, AllocCounts.ZERO, true, false));
        }
        final String text = write(PageContent.of(
                Tags.HOSTILE.get(0), Tags.HOSTILE.get(1), new Sample(Instant.EPOCH, new AllocInfo(1, 1, entries))));

        final String sent = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertEquals(text, sent, "something in it cannot be sent in UTF-8");
        assertFalse(sent.matches("(?s).*[<>&'\u2028\u2029\\p{Cntrl}].*"), sent);
        final Map<String, Object> data = Json.object(sent);
        assertEquals(Tags.HOSTILE, names(data, "function"));
        assertEquals(Tags.HOSTILE, names(data, "module"));
        assertEquals(Tags.HOSTILE.get(0), data.get("title"));
        assertEquals(Tags.HOSTILE.get(1), data.get("source"));
    }

    @Test
    @DisplayName("has each name once and a column for each property")
    void columns() throws IOException {
        final AllocEntry unloaded =
                new AllocEntry(3, CodeTag.of("a.b.D", "D.java", 9, "g"), null, new AllocCounts(5, 6), false, true);
        final Map<String, Object> data = read(content(
                Tags.entry("a.b.C", 7, "f", 10, 2), Tags.in("plugin", Tags.entry("Top", 0, "f", 0, 0)), unloaded));

        assertEquals(List.of("a/b", "", "a/b"), names(data, "folder"));
        assertEquals(List.of("C.java", "Top.java", "D.java"), names(data, "file"));
        assertEquals(List.of("f", "f", "g"), names(data, "function"));
        assertEquals(List.of("", "plugin", ""), names(data, "module"));
        assertEquals(List.of(7L, 0L, 9L), column(data, "tags", "line"));
        assertEquals(List.of(10L, 0L, 5L), column(data, "tags", "bytes"));
        assertEquals(List.of(2L, 0L, 6L), column(data, "tags", "calls"));
        assertEquals(List.of(0L, 0L, 3L), column(data, "tags", "notes"));
        final List<String> strings = Json.asList(data.get("strings"));
        assertEquals(strings.stream().distinct().count(), strings.size());
        assertEquals(1000L, data.get("takenAt"));
        assertEquals(true, data.get("consistent"));
    }

    @Test
    @DisplayName("shows what is below zero as zero, and adds up what reads alike")
    void printed() throws IOException {
        final Map<String, Object> data = read(content(
                Tags.entry("a.B", 1, "f", -8, -1), Tags.entry("a.C", 1, "f", 3, 1), Tags.entry("a.C", 1, "f", 4, 1)));
        assertEquals(List.of(0L, 7L), column(data, "tags", "bytes"));
        assertEquals(List.of(0L, 2L), column(data, "tags", "calls"));
    }

    @Test
    @DisplayName("says of each tag how it changed since the baseline, gone ones included")
    void difference() throws IOException {
        final AllocEntry grown = Tags.entry("a.Grown", 1, "f", 100, 5);
        final AllocEntry fresh = Tags.entry("a.Fresh", 1, "f", 90, 5);
        final AllocEntry same = Tags.entry("a.Same", 1, "f", 1, 1);
        final Map<String, Object> data = read(content(grown, fresh, same)
                .comparedWith(Tags.sample(
                        400, Tags.entry("a.Grown", 1, "f", 1, 1), same, Tags.entry("a.Gone", 1, "f", 80, 4))));

        assertEquals(List.of("Grown.java", "Fresh.java", "Gone.java", "Same.java"), names(data, "file"));
        assertEquals(List.of(100L, 90L, 0L, 1L), column(data, "tags", "bytes"));
        assertEquals(List.of(1L, 0L, 80L, 1L), column(data, "older", "bytes"));
        assertEquals(List.of(1L, 0L, 4L, 1L), column(data, "older", "calls"));
        final List<String> strings = Json.asList(data.get("strings"));
        assertEquals(
                List.of("grown", "new", "gone", "same"),
                column(data, "older", "change").stream()
                        .map(number -> strings.get(number.intValue()))
                        .toList());
        assertEquals(400L, Json.asObject(data.get("older")).get("takenAt"));
    }

    @Test
    @DisplayName("draws a series as its total and the tags that were largest at some moment")
    void series() throws IOException {
        final List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            final AllocEntry[] entries = new AllocEntry[PageJson.TIMELINE_TAGS + 5];
            for (int tag = 0; tag < entries.length; tag++) {
                entries[tag] = Tags.entry("a.Tag" + tag, 1, "f", tag + (tag == 0 && i == 1 ? 1_000 : 1), 1);
            }
            samples.add(Tags.sample(i * 10L, entries));
        }
        final Map<String, Object> series =
                Json.asObject(read(content().over(samples)).get("series"));

        assertEquals(List.of(0L, 10L, 20L), series.get("times"));
        assertEquals(List.of(435L, 1434L, 435L), series.get("total"));
        final List<Map<String, Object>> lines = Json.asList(series.get("lines"));
        assertEquals(PageJson.TIMELINE_TAGS, lines.size());
        assertEquals(List.of(1L, 1000L, 1L), lines.get(0).get("bytes"), "it was largest once");
        assertEquals(List.of(29L, 29L, 29L), lines.get(1).get("bytes"));
    }

    @Test
    @DisplayName("joins a series by declaration where all samples know it, wherever the tag was used first")
    void seriesByDeclaration() throws IOException {
        final CodeTag declaration = CodeTag.of("a.B", "B.java", 1, "<clinit>");
        final List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            final CodeTag place = CodeTag.of("a.B", "B.java", 10 * i, "f");
            final AllocEntry entry = new AllocEntry(3, place, declaration, new AllocCounts(i, 1), true, false);
            samples.add(new Sample(Instant.ofEpochMilli(i), new AllocInfo(1, 1, List.of(entry))));
        }
        final Map<String, Object> series =
                Json.asObject(read(content().over(samples)).get("series"));
        final List<Map<String, Object>> lines = Json.asList(series.get("lines"));
        assertEquals(1, lines.size());
        assertEquals(List.of(1L, 2L), lines.get(0).get("bytes"));
    }

    @Test
    @DisplayName("has what a profiler says of itself, and how to stay in touch, only where that is known")
    void extras() throws IOException {
        final Map<String, Object> bare = read(content());
        for (String member : List.of("profiling", "totals", "older", "series", "live")) {
            assertFalse(bare.containsKey(member), member);
        }
        final ProfilerTotals totals = new ProfilerTotals(
                List.of(
                        new PageTotals("pool", 5, 1, OptionalLong.of(9)),
                        new PageTotals("other", 6, 2, OptionalLong.empty())),
                new AllocCounts(3, 4),
                77);
        final StringBuilder text = new StringBuilder();
        PageJson.write(
                content().with(totals, ProfilingState.DRAINING),
                List.of(),
                new LiveTerms(Duration.ofSeconds(3), true),
                text);
        final Map<String, Object> data = Json.object(text.toString());

        assertEquals("draining", data.get("profiling"));
        assertEquals(
                Map.of(
                        "pages",
                        List.of(
                                Map.of("allocator", "pool", "bytes", 5L, "calls", 1L, "untracked", 9L),
                                Map.of("allocator", "other", "bytes", 6L, "calls", 2L)),
                        "charged",
                        Map.of("bytes", 3L, "calls", 4L),
                        "ownBytes",
                        77L),
                data.get("totals"));
        assertEquals(Map.of("interval", 3000L, "toggle", true), data.get("live"));
    }
}
