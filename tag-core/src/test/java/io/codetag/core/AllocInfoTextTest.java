package io.codetag.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The text report")
class AllocInfoTextTest {
    private static final String HEADER_2_0 = "allocinfo - version: 2.0\n#     <size>  <calls> <tag info>\n";

    @ParameterizedTest
    @EnumSource
    @DisplayName("is, byte for byte, what the golden file of its version says")
    void matchesGoldenFile(AllocInfoText version) throws IOException {
        final String file = "allocinfo-" + version.version() + ".txt";
        final byte[] golden;
        try (InputStream in = AllocInfoTextTest.class.getResourceAsStream(file)) {
            golden = in.readAllBytes();
        }
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        version.write(golden(), written);
        assertEquals(new String(golden, UTF_8), written.toString(UTF_8));
        assertArrayEquals(golden, written.toByteArray());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is the same through an Appendable as through an OutputStream")
    void sameThroughBoth(AllocInfoText version) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final StringBuilder text = new StringBuilder();
        version.write(golden(), bytes);
        version.write(golden(), text);
        assertEquals(bytes.toString(UTF_8), text.toString());
    }

    @Test
    @DisplayName("has the header alone when there is no tag")
    void headerAlone() throws IOException {
        assertEquals(HEADER_2_0, write(ReportEntries.info()));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1, '           0        0'",
        "-9223372036854775808, 5, '           0        5'",
        "0, 0, '           0        0'",
        "999999999999, 99999999, '999999999999 99999999'",
        "1000000000000, 100000000, '1000000000000 100000000'",
        "9223372036854775807, 9223372036854775807, '9223372036854775807 9223372036854775807'"
    })
    @DisplayName("pads size to 12 and calls to 8, lets large numbers grow, and prints 0 below zero")
    void numbers(long bytes, long calls, String expected) throws IOException {
        final String text = write(ReportEntries.info(ReportEntries.entry("a.B", 1, bytes, calls)));
        assertEquals(HEADER_2_0 + expected + " a/B.java:1 func:run \n", text);
    }

    @Test
    @DisplayName("prints an empty module name like none")
    void emptyModule() throws IOException {
        final CodeTag place = ReportEntries.place("a.B", 1).inModule("");
        assertEquals(
                HEADER_2_0 + "           1        1 a/B.java:1 func:run \n",
                write(ReportEntries.info(ReportEntries.entry(place, 1, 1))));
    }

    @Test
    @DisplayName("of a class without a source file and without line numbers names the class and line 0")
    void noFileNoLine() throws IOException {
        final CodeTag place = new CodeTag(null, "a.B$C", null, 0, "run");
        assertEquals(
                HEADER_2_0 + "           1        1 a/B$C.class:0 func:run \n",
                write(ReportEntries.info(ReportEntries.entry(place, 1, 1))));
    }

    @Test
    @DisplayName("of 200 000 tags is written in pieces of bounded size, each line once and in order")
    void streams() throws IOException {
        final int count = 200_000;
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(ReportEntries.entry("com.acme.cache.PageCache", i, i * 4096L, i));
        }
        final Pieces pieces = new Pieces();
        AllocInfoText.V2_0.write(new AllocInfo(1, 1, entries), pieces);
        assertTrue(pieces.longest < 16_384, () -> "one piece had " + pieces.longest + " characters");
        final List<String> lines = pieces.text.toString().lines().toList();
        assertEquals(count + 2, lines.size());
        for (int i = 0; i < count; i++) {
            final ReportLine line = ReportLine.parse(lines.get(i + 2));
            assertEquals(i, line.line());
            assertEquals(i * 4096L, line.bytes());
        }
    }

    @Test
    @DisplayName("leaves the stream open and flushed")
    void flushesAndLeavesOpen() throws IOException {
        final Watched out = new Watched();
        AllocInfoText.V2_0.write(ReportEntries.info(), out);
        assertTrue(out.flushed);
        assertFalse(out.closed);
    }

    @Test
    @DisplayName("goes to a print stream such as System.out as to any other stream")
    void printStream() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AllocInfoText.V2_0.write(golden(), new PrintStream(bytes, false, UTF_8));
        assertEquals(write(golden()), bytes.toString(UTF_8));
    }

    @Test
    @DisplayName("passes on what the stream throws")
    void passesFailureOn() {
        final IOException full = new IOException("no space left");
        final Writer broken = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw full;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertSame(full, assertThrows(IOException.class, () -> AllocInfoText.V1_0.write(ReportEntries.info(), broken)));
    }

    /** The entries behind the golden files. */
    private static AllocInfo golden() {
        final CodeTag zip = new CodeTag("zip-plugin", "com.acme.plugin.Zip", "Zip.java", 94, "inflate");
        final CodeTag odd = new CodeTag(
                "my plugin\n9 9 x:1 func:y",
                "com.acme.Odd",
                "Odd\tName\\ \u2028\u202E.java",
                7,
                "\u00E9 \uD83D\uDE00\uD800");
        return ReportEntries.info(
                ReportEntries.entry(
                        CodeTag.of("com.acme.cache.PageCache$Reader", "PageCache.java", 214, "readAhead"), 151_552, 37),
                ReportEntries.doubtful(ReportEntries.entry(zip, 81_920, 20)),
                ReportEntries.unloaded(ReportEntries.entry(zip, 4_096, 1)),
                ReportEntries.unloaded(ReportEntries.doubtful(ReportEntries.entry(zip, 8_192, 2))),
                ReportEntries.entry(CodeTag.of("Main", "Main.java", 3, "<init>"), 0, 0),
                ReportEntries.entry(CodeTag.of("Main", "Main.java", 4, "main"), -4_096, -1),
                ReportEntries.entry(
                        CodeTag.of("com.acme.Huge", "Huge.kt", 1_000_000, "map"), Long.MAX_VALUE, 123_456_789),
                ReportEntries.entry(new CodeTag(null, "com.acme.Bare", null, 0, "lambda$run$0"), 65_536, 16),
                ReportEntries.entry(odd, 1, 1));
    }

    private static String write(AllocInfo info) throws IOException {
        final StringBuilder text = new StringBuilder();
        AllocInfoText.V2_0.write(info, text);
        return text.toString();
    }

    private static final class Pieces implements Appendable {
        final StringBuilder text = new StringBuilder();
        int longest;

        @Override
        public Appendable append(CharSequence piece) {
            longest = Math.max(longest, piece.length());
            text.append(piece);
            return this;
        }

        @Override
        public Appendable append(CharSequence piece, int start, int end) {
            return append(piece.subSequence(start, end));
        }

        @Override
        public Appendable append(char piece) {
            return append(String.valueOf(piece));
        }
    }

    private static final class Watched extends OutputStream {
        boolean flushed;
        boolean closed;

        @Override
        public void write(int value) {
            flushed = false;
        }

        @Override
        public void flush() {
            flushed = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
