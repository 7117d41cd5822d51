package io.codetag.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The commands that print tables")
class ShowAndCompareTest {
    private static final String HEADER = "allocinfo - version: 2.0\n#     <size>  <calls> <tag info>\n";
    private static final Instant START = Instant.parse("2026-03-04T05:06:00Z");

    @TempDir
    private Path folder;

    private Path before;
    private Path after;

    @BeforeEach
    void write() throws IOException {
        before = report("before.txt", 0, """
                  151552       37 com/acme/Cache.java:214 func:readAhead\s
                    4096        1 com/acme/Gone.java:9 func:leave\s
                   81920       20 com/acme/Zip.java:94 [zip] func:inflate accurate:no\s
                       0        0 com/acme/Idle.java:1 func:idle\s
            """);
        after = report("after.txt", 90, """
                  151552       37 com/acme/Cache.java:214 func:readAhead\s
                   98304       24 com/acme/Zip.java:94 [zip] func:inflate accurate:no\s
                    8192        2 com/acme/New.java:3 func:come\s
                       0        0 com/acme/Idle.java:1 func:idle\s
            """);
    }

    private Path report(String name, int seconds, String lines) throws IOException {
        final Path file = Files.writeString(folder.resolve(name), HEADER + lines);
        Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(seconds)));
        return file;
    }

    @Test
    @DisplayName("show: the largest first, with a heading that adds up")
    void show() {
        assertEquals(
                List.of(
                        "4 tags own 237,568 bytes in 58 calls",
                        "         BYTES       CALLS  TAG",
                        "        151552          37  com/acme/Cache.java:214 func:readAhead",
                        "         81920          20  com/acme/Zip.java:94 [zip] func:inflate accurate:no",
                        "          4096           1  com/acme/Gone.java:9 func:leave",
                        "             0           0  com/acme/Idle.java:1 func:idle"),
                Ran.allocinfo("show", before).lines());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("show: filters, orders, units")
    @CsvSource(
            delimiter = '|',
            value = {
                "--module zip | Zip",
                "--file Cache.java | Cache",
                "--file acme/Cache.java | Cache",
                "--function leave | Gone",
                "--line 94 | Zip",
                "--min 80K --max 100K | Zip",
                "--accurate no | Zip",
                "--accurate yes --min 1 | Cache Gone",
                "--sort place | Cache Gone Idle Zip",
                "--sort calls --top 2 | Cache Zip",
            })
    void filters(String options, String expected) {
        final Object[] args = ("show " + before + ' ' + options).split(" ");
        final List<String> shown = Ran.allocinfo(args).lines().subList(2, expected.split(" ").length + 2);
        assertEquals(
                expected,
                String.join(
                        " ",
                        shown.stream()
                                .map(line -> line.replaceAll(".*acme/([A-Za-z]*).*", "$1"))
                                .toList()));
    }

    @Test
    @DisplayName("show --module '': the tags of no module; --human: binary units")
    void human() {
        final List<String> lines =
                Ran.allocinfo("show", before, "--module", "", "--human").lines();
        assertEquals("3 of 4 tags match, own 155,648 bytes in 38 calls", lines.get(0));
        assertEquals("          148K          37  com/acme/Cache.java:214 func:readAhead", lines.get(2));
    }

    @Test
    @DisplayName("diff: what grew, shrank, is new, is gone")
    void diff() {
        assertEquals(
                List.of(
                        "2026-03-04T05:06:00Z to 2026-03-04T05:07:30Z: +20,480 bytes, +5 calls; 1 new, 1 gone, 1 grew,"
                                + " 0 shrank, 2 same",
                        "         BYTES      CALLS             NOW  CHANGE  TAG",
                        "        +16384         +4           98304  grew    com/acme/Zip.java:94 [zip] func:inflate",
                        "         +8192         +2            8192  new     com/acme/New.java:3 func:come",
                        "         -4096         -1               0  gone    com/acme/Gone.java:9 func:leave"),
                Ran.allocinfo("diff", before, after).lines());
        final List<String> back = Ran.allocinfo("diff", after, before).lines();
        assertTrue(back.get(0).contains("1 new, 1 gone, 0 grew, 1 shrank, 2 same"), back::toString);
    }

    @Test
    @DisplayName("diff --exit-code: status 1 if there is a difference")
    void exitCode() {
        assertEquals(1, Ran.allocinfo("diff", before, after, "--exit-code").status());
        assertEquals(0, Ran.allocinfo("diff", before, before, "--exit-code").status());
    }

    @Test
    @DisplayName("watch: a series that goes on where it was, one line a sample")
    void watch() throws IOException {
        final Path series = folder.resolve("series.jsonl");
        for (int i = 0; i < 2; i++) {
            final Ran ran = Ran.allocinfo("watch", before, "--count", 2, "--interval", "50ms", "-o", series);
            assertEquals(0, ran.status(), ran::toString);
            assertTrue(ran.err().contains("sample 2 of 2: 4 tags, 237,568 bytes"), ran::err);
        }
        assertEquals(4, Files.readAllLines(series).size());
        final String out = Ran.allocinfo("watch", before, "--count", 1, "--quiet", "--module", "zip")
                .out();
        assertTrue(out.startsWith("{\"allocinfo-series\":1,\"takenAt\":\"2026-03-04T05:06:00Z\""), out);
        assertTrue(out.contains("inflate") && !out.contains("readAhead"), out);
    }

    @Test
    @DisplayName("leaks: what grows over the reports, with the reasoning and its limits; status 1 if asked")
    void leaks() throws IOException {
        final Path third = report("third.txt", 180, """
                  151552       37 com/acme/Cache.java:214 func:readAhead\s
                  131072       32 com/acme/Zip.java:94 [zip] func:inflate accurate:no\s
                    8192        2 com/acme/New.java:3 func:come\s
            """);
        final List<String> lines = Ran.allocinfo("leaks", before, after, third).lines();
        assertTrue(lines.get(0).startsWith("3 samples in 3 min 0 s, "), lines::toString);
        assertTrue(lines.get(0).endsWith("5 tags, 1 grows and does not stop"), lines::toString);
        assertEquals("1. com/acme/Zip.java:94 [zip] func:inflate", lines.get(2));
        assertEquals(
                "   owns 131,072 bytes in 32 calls; 81,920 bytes in 20 calls when first seen 3 min 0 s before, in the"
                        + " first sample (it may be older)",
                lines.get(3));
        assertEquals("   in 2 of 2 steps it did not shrink (100 %), in 2 it grew", lines.get(4));
        assertTrue(lines.get(5).startsWith("   slope 273 bytes/s (23M a day), the median over"), lines::toString);
        assertTrue(lines.get(7).startsWith("What this cannot know: "), lines::toString);
        assertEquals(
                1, Ran.allocinfo("leaks", before, after, third, "--exit-code").status());
        assertEquals(
                0,
                Ran.allocinfo("leaks", before, after, third, "--exit-code", "--function", "readAhead")
                        .status());
        assertTrue(Ran.allocinfo("leaks", third, after, before).refusal().contains("accepted: oldest first"));
        assertTrue(Ran.allocinfo("leaks", before, after).refusal().contains("2 samples are too few"));
    }

    @Test
    @DisplayName("every command has help with examples")
    void help() {
        for (String command : List.of("show", "diff", "convert", "watch", "top", "leaks", "report", "serve")) {
            final String help = Ran.allocinfo(command, "--help").out();
            assertTrue(help.contains("Examples:") && help.contains("  allocinfo " + command), help);
        }
    }
}
