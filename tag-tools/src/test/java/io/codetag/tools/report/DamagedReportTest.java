package io.codetag.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.core.AllocEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A damaged report")
class DamagedReportTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private static Reading read(byte[] bytes) throws ReportException {
        return ReportReader.read("it", new ByteArrayInputStream(bytes), NOW, Strictness.LENIENT);
    }

    private static byte[] whole(String name) throws Exception {
        final byte[] bytes = GoldenFormsTest.golden(name.equals("series") ? "acme.json" : name)
                .getBytes(StandardCharsets.UTF_8);
        if (!name.equals("series")) {
            return bytes;
        }
        final Sample sample = read(bytes).last();
        final String line = new String(SeriesWriter.line(sample), StandardCharsets.UTF_8);
        return (line + line + line).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @DisplayName("as text is refused wherever it is cut off but at the end of a line")
    @ValueSource(strings = {"acme-1.0.txt", "acme-2.0.txt", "linux-1.0.txt", "linux-2.0.txt"})
    void cutText(String name) throws Exception {
        final byte[] bytes = whole(name);
        final List<AllocEntry> all = read(bytes).last().info().entries();
        int lines = 0;
        for (int length = 0; length < bytes.length; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            if (length > 0 && cut[length - 1] == '\n') {
                lines++;
            }
            if (lines >= 2 && cut[length - 1] == '\n') {
                assertEquals(all.subList(0, lines - 2), read(cut).last().info().entries());
            } else {
                final ReportException refused = assertThrows(ReportException.class, () -> read(cut), "at " + length);
                assertTrue(refused.getMessage().startsWith("it"), refused::getMessage);
            }
        }
    }

    @Test
    @DisplayName("as JSON is refused wherever it is cut off before its last bracket")
    void cutJson() throws Exception {
        final byte[] bytes = whole("acme.json");
        final int last = new String(bytes, StandardCharsets.US_ASCII).lastIndexOf('}');
        for (int length = 0; length <= last; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(ReportException.class, () -> read(cut), "at " + length);
        }
    }

    @Test
    @DisplayName("as a series keeps its whole samples where the last line is torn, and says so")
    void tornSeries() throws Exception {
        final byte[] bytes = whole("series");
        final int line = bytes.length / 3;
        for (int length = 0; length < bytes.length; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            if (length < line - 1) {
                assertThrows(ReportException.class, () -> read(cut), "at " + length);
            } else {
                final Reading reading = read(cut);
                final int samples = (length + 1) / line; // the end of the line is the one byte that may be missing
                assertEquals(samples, reading.samples().size(), "at " + length);
                assertEquals(
                        length % line == 0 || length % line == line - 1 ? 0 : 1,
                        reading.notes().size(),
                        "at " + length);
            }
        }
    }

    @Test
    @DisplayName("as a series is refused where a line before the last is damaged, with its number")
    void damagedSeries() throws Exception {
        final String line = new String(whole("series"), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElseThrow();
        final String damaged = line + '\n' + line.substring(0, 200) + '\n' + line + '\n';
        final ReportException refused =
                assertThrows(ReportException.class, () -> read(damaged.getBytes(StandardCharsets.UTF_8)));
        assertTrue(refused.getMessage().startsWith("it, line 2: "), refused::getMessage);
    }

    @Test
    @DisplayName("that cannot be read to its end is refused, with the reason")
    void failingStream() {
        final InputStream failing = new SequenceInputStream(
                new ByteArrayInputStream("allocinfo - version: 2.0\n".getBytes(StandardCharsets.UTF_8)),
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });
        final ReportException refused =
                assertThrows(ReportException.class, () -> ReportReader.read("it", failing, NOW, Strictness.LENIENT));
        assertEquals("it cannot be read: the disk is gone", refused.getMessage());
    }
}
