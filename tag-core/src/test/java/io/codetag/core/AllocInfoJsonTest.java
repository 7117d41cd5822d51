package io.codetag.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.OverflowPolicy;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The JSON report")
class AllocInfoJsonTest {
    private static final long SEED = 8_259L;

    @Test
    @DisplayName("is, byte for byte, what the golden file says")
    void matchesGoldenFile() throws IOException {
        try (InputStream in = AllocInfoJsonTest.class.getResourceAsStream("allocinfo.json")) {
            assertEquals(new String(in.readAllBytes(), UTF_8), full());
        }
    }

    @Test
    @DisplayName("is strict JSON with the members that the schema names, and no other")
    void schema() throws IOException {
        final Map<?, ?> report = (Map<?, ?>) StrictJson.parse(full());
        assertEquals(
                List.of("version", "contentIdBefore", "contentIdAfter", "profiling", "totals", "storage", "entries"),
                List.copyOf(report.keySet()));
        final List<?> entries = (List<?>) report.get("entries");
        for (Object entry : entries) {
            assertEquals(
                    List.of(
                            "module",
                            "class",
                            "file",
                            "path",
                            "line",
                            "function",
                            "bytes",
                            "calls",
                            "accurate",
                            "unloaded",
                            "declaration"),
                    List.copyOf(((Map<?, ?>) entry).keySet()));
        }
        assertNull(((Map<?, ?>) entries.get(1)).get("declaration"));
        assertEquals(Long.MAX_VALUE, ((Map<?, ?>) entries.get(1)).get("bytes"));
        assertEquals(0L, ((Map<?, ?>) entries.get(2)).get("bytes"));
    }

    @Test
    @DisplayName("has state, totals and storage only if they were given")
    void optional() throws IOException {
        assertEquals(
                "{\"version\":1,\"contentIdBefore\":7,\"contentIdAfter\":7,\n\"entries\":[]}\n",
                write(AllocInfoJson.ENTRIES, ReportEntries.info()));
        final Map<?, ?> report = (Map<?, ?>) StrictJson.parse(
                write(AllocInfoJson.ENTRIES.with(List.of()).with(ProfilingState.DRAINING), ReportEntries.info()));
        assertEquals("draining", report.get("profiling"));
        assertEquals(List.of(), report.get("storage"));
        assertFalse(report.containsKey("totals"));
    }

    @Test
    @DisplayName("gives hostile names back exactly, halves of surrogate pairs included")
    void hostileNames() throws IOException {
        System.out.println("seed " + SEED);
        final AllocInfo info = ReportEntries.hostile(new SplittableRandom(SEED), 5_000);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        AllocInfoJson.ENTRIES.write(info, out);
        final Map<?, ?> report = (Map<?, ?>) StrictJson.parse(out.toString(UTF_8));
        final List<?> entries = (List<?>) report.get("entries");
        assertEquals(info.entries().size(), entries.size());
        for (int i = 0; i < entries.size(); i++) {
            final AllocEntry entry = info.entries().get(i);
            final Map<?, ?> read = (Map<?, ?>) entries.get(i);
            assertPlace(entry.place(), read);
            assertPlace(entry.declaration(), (Map<?, ?>) read.get("declaration"));
            assertEquals(entry.bytes(), read.get("bytes"));
            assertEquals(entry.calls(), read.get("calls"));
            assertEquals(entry.accurate(), read.get("accurate"));
            assertEquals(entry.unloaded(), read.get("unloaded"));
        }
    }

    @Test
    @DisplayName("may stand inside HTML, on a terminal and in a file of lines, whatever the names")
    void harmless() throws IOException {
        final AllocInfo info = ReportEntries.hostile(new SplittableRandom(SEED), 5_000);
        final String text = write(AllocInfoJson.ENTRIES, info);
        final Set<Integer> html = Set.of((int) '<', (int) '>', (int) '&', (int) '\'');
        text.codePoints().filter(c -> c != '\n' && c != ' ').forEach(character -> {
            assertFalse(html.contains(character), () -> "raw " + (char) character);
            assertFalse(
                    Character.isISOControl(character)
                            || Character.isSpaceChar(character)
                            || Character.getType(character) == Character.FORMAT
                            || Character.getType(character) == Character.SURROGATE,
                    () -> "raw U+" + Integer.toHexString(character));
        });
        assertEquals(info.entries().size() + 3, text.split("\\R", -1).length);
    }

    @Test
    @DisplayName("escapes HTML as \\u003c and keeps quotes and backslashes readable")
    void escapes() throws IOException {
        final CodeTag place = CodeTag.of("A", "</script>&.java", 1, "a\"b\\c'\u00E9");
        final String text = write(AllocInfoJson.ENTRIES, ReportEntries.info(ReportEntries.entry(place, 1, 1)));
        assertTrue(text.contains("\"file\":\"\\u003c/script\\u003e\\u0026.java\""), text);
        assertTrue(text.contains("\"function\":\"a\\\"b\\\\c\\u0027\u00E9\""), text);
    }

    private static void assertPlace(@Nullable CodeTag place, @Nullable Map<?, ?> read) {
        if (place == null) {
            assertNull(read);
            return;
        }
        assertEquals(place.module(), read.get("module"));
        assertEquals(place.className(), read.get("class"));
        assertEquals(place.file(), read.get("file"));
        assertEquals(place.path(), read.get("path"));
        assertEquals((long) place.line(), read.get("line"));
        assertEquals(place.function(), read.get("function"));
    }

    private static String full() throws IOException {
        final CodeTag cache = CodeTag.of("com.acme.cache.PageCache", "PageCache.java", 214, "readAhead");
        final CodeTag declared = CodeTag.of("com.acme.cache.PageCache", "PageCache.java", 20, "<clinit>");
        final CodeTag bare = new CodeTag("zip-plugin", "com.acme.plugin.Zip", null, 0, "inflate");
        final AllocInfo info = new AllocInfo(
                7,
                8,
                List.of(
                        new AllocEntry(3, cache, declared, new AllocCounts(151_552, 37), true, false),
                        new AllocEntry(4, bare, null, new AllocCounts(Long.MAX_VALUE, 1), false, true),
                        ReportEntries.entry("Main", 1, -5, -5)));
        final ProfilerTotals totals = new ProfilerTotals(
                List.of(
                        new PageTotals("cache", 151_552, 37, OptionalLong.of(0)),
                        new PageTotals("\"arena\"", 0, 0, OptionalLong.empty())),
                new AllocCounts(640, 10),
                81_920);
        final List<StorageFacts> storage = List.of(
                new StorageFacts(
                        "cache",
                        "pageflags",
                        11,
                        26,
                        2_046,
                        1_037,
                        OverflowPolicy.SWITCH,
                        "pageext",
                        2_047,
                        false,
                        null,
                        0,
                        "fits"),
                new StorageFacts(
                        "\"arena\"",
                        "none",
                        0,
                        0,
                        0,
                        3,
                        OverflowPolicy.DISABLE,
                        null,
                        0,
                        false,
                        "too few",
                        0,
                        "asked"));
        return write(AllocInfoJson.ENTRIES.with(ProfilingState.ON).with(totals).with(storage), info);
    }

    private static String write(AllocInfoJson json, AllocInfo info) throws IOException {
        final StringBuilder text = new StringBuilder();
        json.write(info, text);
        return text.toString();
    }
}
