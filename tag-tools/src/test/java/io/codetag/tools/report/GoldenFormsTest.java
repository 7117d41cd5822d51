package io.codetag.tools.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.cli.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A report in every form, byte for byte")
class GoldenFormsTest {
    private static final Instant TAKEN_AT = Instant.parse("2026-03-04T05:06:07.890Z");

    @TempDir
    private Path folder;

    /** Returns a golden file; as the repository has line feeds only, CSV gets back what RFC 4180 wants. */
    static String golden(String name) throws IOException {
        try (InputStream in = GoldenFormsTest.class.getResourceAsStream(name)) {
            final String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return name.endsWith(".csv") ? text.replace("\n", "\r\n") : text;
        }
    }

    /** Puts a golden file where the command can read it. */
    private Path file(String name) throws IOException {
        final Path file = Files.writeString(folder.resolve(name), golden(name));
        Files.setLastModifiedTime(file, FileTime.from(TAKEN_AT));
        return file;
    }

    private static AllocInfo read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return ReportReader.read("it", in, TAKEN_AT, Strictness.LENIENT)
                    .last()
                    .info();
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("convert writes what is written here by hand")
    @CsvSource({
        "text-1.0, acme-1.0.txt",
        "text-2.0, acme-2.0.txt",
        "text, acme-2.0.txt",
        "csv, acme.csv",
        "folded, acme.folded"
    })
    void convert(String form, String expected) throws Exception {
        assertEquals(
                golden(expected),
                Ran.allocinfo("convert", file("acme.json"), "--to", form).out());
        final Path out = folder.resolve("out");
        Ran.allocinfo("convert", file("acme.json"), "--to", form, "-o", out).out();
        assertEquals(golden(expected), Files.readString(out));
    }

    @Test
    @DisplayName("JSON is read back as it was written, with declarations")
    void json() throws Exception {
        final Path written = folder.resolve("written.json");
        Ran.allocinfo("convert", file("acme.json"), "--to", "json", "-o", written)
                .out();
        assertEquals(read(file("acme.json")), read(written));
        assertEquals(golden("acme.json").replace(",\"profiling\":\"on\"", ""), Files.readString(written));
    }

    @Test
    @DisplayName("a series has the time and is read back with it")
    void series() throws Exception {
        final Path written = folder.resolve("written.jsonl");
        Ran.allocinfo("convert", file("acme.json"), "--to", "series", "-o", written)
                .out();
        final String line = Files.readString(written);
        assertTrue(
                line.startsWith("{\"allocinfo-series\":1,\"takenAt\":\"2026-03-04T05:06:07.890Z\",\"report\":{"), line);
        assertEquals(1, line.lines().count());
        assertEquals(
                golden("acme.csv"),
                Ran.allocinfo("convert", written, "--to", "csv").out());
    }

    @Test
    @DisplayName("--merge adds up what reads alike")
    void merge() throws Exception {
        final List<String> lines = Ran.allocinfo("convert", file("acme.json"), "--to", "text", "--merge")
                .lines();
        assertEquals(6, lines.size());
        assertEquals("      159744       39 com/acme/cache/PageCache.java:214 func:readAhead ", lines.get(2));
    }

    @ParameterizedTest(name = "version {0}")
    @DisplayName(
            "of Linux is read as it prints it: wide numbers, long paths, places that occur twice, sizes below zero")
    @ValueSource(strings = {"1.0", "2.0"})
    void linux(String version) throws Exception {
        final boolean marked = version.equals("2.0");
        final List<AllocEntry> entries = read(file("linux-" + version + ".txt")).entries();
        assertEquals(8, entries.size());
        assertEquals("core/pages.c:2031 func:take_pages", entries.get(0).place().toString());
        assertEquals("core/pool.c:94 [demo] func:grow", entries.get(1).place().toString());
        assertEquals(new AllocCounts(81_920, 20), entries.get(1).counts());
        assertEquals(!marked, entries.get(1).accurate());
        assertEquals(entries.get(2).place(), entries.get(3).place());
        assertEquals(new AllocCounts(-4096, -1), entries.get(4).counts());
        assertEquals(
                new AllocCounts(1_234_567_890_123_456L, 123_456_789),
                entries.get(5).counts());
        assertTrue(entries.get(7).place().path().length() > 512);
        assertEquals(200, entries.get(7).place().function().length());
        assertEquals(
                "a_module_with_a_name_of_some_length", entries.get(7).place().module());
    }

    @ParameterizedTest(name = "version {0}")
    @DisplayName(
            "of Linux is written again as it was, except that what is below zero is 0, which is said when it is read")
    @ValueSource(strings = {"1.0", "2.0"})
    void linuxAgain(String version) throws Exception {
        final String name = "linux-" + version + ".txt";
        final Ran ran = Ran.allocinfo("convert", file(name), "--to", "text-" + version);
        assertEquals(0, ran.status());
        assertTrue(ran.err().contains("1 line has a size or calls below zero, the first is line 7"), ran::err);
        assertArrayEquals(
                golden(name)
                        .replace("       -4096 18446744073709551615 ", "           0        0 ")
                        .getBytes(StandardCharsets.UTF_8),
                ran.bytes());
    }

    @Test
    @DisplayName("version 1.0 loses the markers of 2.0, and nothing else")
    void markersLost() throws Exception {
        assertEquals(
                golden("acme-1.0.txt"),
                Ran.allocinfo("convert", file("acme-2.0.txt"), "--to", "text-1.0")
                        .out());
        assertEquals(
                golden("acme-2.0.txt"),
                Ran.allocinfo("convert", file("acme-2.0.txt"), "--to", "text-2.0")
                        .out());
    }

    @Test
    @DisplayName("on standard input is the same as in a file")
    void standardInput() throws Exception {
        assertEquals(
                golden("acme-2.0.txt"),
                Ran.with(golden("acme.json"), "convert", "-", "--to", "text").out());
    }

    @ParameterizedTest
    @DisplayName("with --strict, what only Linux prints is refused with its line")
    @CsvSource(
            delimiter = '|',
            value = {
                "-5 0 a.c:1 func:f | line 3: the size is -5; accepted with --strict: 0 or more",
                "5 18446744073709551615 a.c:1 func:f | line 3: the calls are -1; accepted with --strict: 0 or more",
                "5 1 a.c:1 func:f numa:2 | line 3: the marker 'numa:2' is not known",
            })
    void strict(String line, String message) throws Exception {
        final Path file = Files.writeString(
                folder.resolve("report.txt"),
                "allocinfo - version: 2.0\n#     <size>  <calls> <tag info>\n" + line + " \n");
        final Ran lenient = Ran.allocinfo("show", file);
        assertEquals(0, lenient.status(), lenient::toString);
        final String refusal = Ran.allocinfo("show", "--strict", file).refusal();
        assertTrue(refusal.contains(message), refusal);
    }

    @Test
    @DisplayName("with --strict, a place that occurs twice is refused with both its lines")
    void strictTwice() throws Exception {
        final String refusal =
                Ran.allocinfo("show", "--strict", file("acme-2.0.txt")).refusal();
        assertTrue(refusal.contains("line 6: the place of line 3 again"), refusal);
    }
}
