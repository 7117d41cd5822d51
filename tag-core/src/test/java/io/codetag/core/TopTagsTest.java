package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import io.codetag.ProfilingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The largest tags in a log message")
class TopTagsTest {
    @Test
    @DisplayName("have human units, calls, place and markers, under a heading")
    void lines() {
        final CodeTag zip = new CodeTag("zip-plugin", "com.acme.plugin.Zip", "Zip.java", 94, "inflate");
        final AllocInfo info = ReportEntries.info(
                ReportEntries.doubtful(ReportEntries.entry(zip, 81_920, 20)),
                ReportEntries.entry(ReportEntries.place("com.acme.Cache", 214), 151_552, 37),
                ReportEntries.entry("com.acme.Idle", 1, 0, 0),
                ReportEntries.entry("com.acme.Odd", 1, -1, -1));
        assertEquals("""
                the 2 largest of 4 tags, profiling is on:
                        148K       37 com/acme/Cache.java:214 func:run
                         80K       20 com/acme/plugin/Zip.java:94 [zip-plugin] func:inflate accurate:no""", TopTags.message(info, ProfilingState.ON));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("say on only for the state on, and off for any other")
    void state(ProfilingState state) {
        final String heading = TopTags.lines(ReportEntries.info(ReportEntries.entry("A", 1, 1, 1)), state)
                .get(0);
        final String expected = state == ProfilingState.ON ? "on" : "off";
        assertEquals("the 1 largest of 1 tags, profiling is " + expected + ":", heading);
    }

    @Test
    @DisplayName("are ten at most, the largest first")
    void ten() {
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            entries.add(ReportEntries.entry("A", i, i, 1));
        }
        final List<String> lines = TopTags.lines(new AllocInfo(1, 1, entries), ProfilingState.ON);
        assertEquals(TopTags.COUNT + 1, lines.size());
        for (int i = 1; i <= TopTags.COUNT; i++) {
            assertTrue(lines.get(i).contains("A.java:" + (1_001 - i) + " "), lines.get(i));
        }
    }

    @Test
    @DisplayName("are one line that says so when no tag owns memory")
    void nothing() {
        final AllocInfo info = ReportEntries.info(ReportEntries.entry("A", 1, 0, 0));
        assertEquals("none of 1 tags owns memory, profiling is off", TopTags.message(info, ProfilingState.COLD));
    }

    @Test
    @DisplayName("look the same in every locale, and no name forges a line of the log")
    void localeAndForgery() {
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            final CodeTag place = new CodeTag("m\n", "a.B", "B.java\r\n[WARN] forged", 5, "f\u2028");
            assertEquals(
                    List.of(
                            "the 1 largest of 1 tags, profiling is on:",
                            "        1.5K        2 a/B.java\\015\\012[WARN]\\040forged:5 [m\\012] func:f\\342\\200\\250"),
                    TopTags.lines(ReportEntries.info(ReportEntries.entry(place, 1536, 2)), ProfilingState.ON));
        } finally {
            Locale.setDefault(before);
        }
    }
}
