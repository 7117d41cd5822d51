package io.codetag.tools.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoJson;
import io.codetag.core.AllocInfoText;
import io.codetag.core.PlaceText;
import io.codetag.tools.report.CsvWriter;
import io.codetag.tools.report.FoldedWriter;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.ReportReader;
import io.codetag.tools.report.Sample;
import io.codetag.tools.report.SeriesWriter;
import io.codetag.tools.report.Strictness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Whatever the names of classes, methods, files and modules,")
class HostileInputTest {
    private static final int ENTRIES = 400;
    private static final String DAMAGE = " \n\\:[]{}\",0";

    private static List<Long> seeds() {
        return HostileReports.seeds();
    }

    /** What a report shows of an entry. */
    private record Shown(
            String path,
            int line,
            String module,
            String function,
            long bytes,
            long calls,
            boolean accurate,
            boolean unloaded) {
        static List<Shown> of(AllocInfo info, boolean markers) {
            return info.entries().stream().map(entry -> of(entry, markers)).toList();
        }

        private static Shown of(AllocEntry entry, boolean markers) {
            final CodeTag place = entry.place();
            return new Shown(
                    place.path(),
                    place.line(),
                    moduleOf(place),
                    place.function(),
                    entry.bytes(),
                    entry.calls(),
                    !markers || entry.accurate(),
                    markers && entry.unloaded());
        }
    }

    private static String moduleOf(CodeTag place) {
        final String module = place.module();
        return module == null ? "" : module;
    }

    private static Reading read(byte[] document, Instant takenAt) throws ReportException {
        return ReportReader.read("hostile", new ByteArrayInputStream(document), takenAt, Strictness.LENIENT);
    }

    private static byte[] text(Sample sample, AllocInfoText version) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        version.write(sample.info(), out);
        return out.toByteArray();
    }

    private static byte[] json(Sample sample) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        AllocInfoJson.ENTRIES.write(sample.info(), out);
        return out.toByteArray();
    }

    private static String csv(Sample sample) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvWriter.write(List.of(sample), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(AllocInfoText.class)
    @DisplayName("the text report is read back exactly, version")
    void textReport(AllocInfoText version) throws IOException, ReportException {
        final boolean markers = version == AllocInfoText.V2_0;
        for (long seed : seeds()) {
            final Sample sample = HostileReports.sample(seed, ENTRIES);
            final byte[] document = text(sample, version);
            final Reading reading = read(document, sample.takenAt());
            assertEquals(List.of(), reading.notes(), () -> "seed " + seed);
            assertEquals(
                    Shown.of(sample.info(), markers), Shown.of(reading.last().info(), markers), () -> "seed " + seed);
            assertEquals(
                    ENTRIES + 2,
                    new String(document, StandardCharsets.UTF_8).lines().count(),
                    () -> "seed " + seed);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("the JSON report is read back exactly, declarations included,")
    void jsonReport(long seed) throws IOException, ReportException {
        final Sample sample = HostileReports.sample(seed, ENTRIES);
        final String json = new String(json(sample), StandardCharsets.UTF_8);
        final Reading reading = ReportReader.readJson("hostile", json, sample.takenAt());
        assertEquals(sample.info().entries(), reading.last().info().entries());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("a series is read back exactly,")
    void series(long seed) throws IOException, ReportException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final List<Sample> written = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            final Sample sample = HostileReports.sample(seed + i, ENTRIES / 3);
            written.add(new Sample(Instant.ofEpochMilli(i), sample.info()));
            out.writeBytes(SeriesWriter.line(written.get(i)));
        }
        final Reading reading = read(out.toByteArray(), Instant.EPOCH);
        assertEquals(List.of(), reading.notes());
        assertEquals(
                written.stream().map(sample -> sample.info().entries()).toList(),
                reading.samples().stream()
                        .map(sample -> sample.info().entries())
                        .toList());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("comma-separated values are records of nine fields that give the names back,")
    void commaSeparated(long seed) throws IOException {
        final Sample sample = HostileReports.sample(seed, ENTRIES);
        final List<List<String>> records = Separated.parse(csv(sample));
        final List<Shown> shown = new ArrayList<>();
        for (List<String> fields : records.subList(1, records.size())) {
            assertEquals(9, fields.size(), fields::toString);
            assertTrue(
                    fields.stream().allMatch(field -> field.isEmpty() || "=+-@".indexOf(field.charAt(0)) < 0),
                    fields::toString);
            shown.add(new Shown(
                    PlaceText.unescape(fields.get(4)),
                    Integer.parseInt(fields.get(5)),
                    PlaceText.unescape(fields.get(3)),
                    PlaceText.unescape(fields.get(6)),
                    Long.parseLong(fields.get(1)),
                    Long.parseLong(fields.get(2)),
                    Boolean.parseBoolean(fields.get(7)),
                    Boolean.parseBoolean(fields.get(8))));
        }
        assertEquals(Shown.of(sample.info(), true), shown);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("folded stacks give module, path and function back, and never add up different tags,")
    void folded(long seed) throws IOException {
        final Sample sample = HostileReports.sample(seed, ENTRIES);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        FoldedWriter.write(sample, out);
        final Map<List<Object>, Long> expected = new HashMap<>();
        for (AllocEntry entry : sample.info().entries()) {
            final CodeTag place = entry.place();
            expected.merge(
                    List.of(moduleOf(place), place.path(), place.function(), place.line()), entry.bytes(), Long::sum);
        }
        final Map<List<Object>, Long> read = new HashMap<>();
        out.toString(StandardCharsets.UTF_8).lines().forEach(line -> {
            final int blank = line.lastIndexOf(' ');
            read.merge(frames(line.substring(0, blank)), Long.parseLong(line.substring(blank + 1)), Long::sum);
        });
        assertEquals(expected, read);
    }

    private static List<Object> frames(String stack) {
        final List<String> frames = Arrays.asList(stack.split(";", -1));
        final boolean inModule = frames.get(0).startsWith("[");
        final String last = frames.get(frames.size() - 1);
        final int colon = last.lastIndexOf(':');
        return List.of(
                inModule
                        ? PlaceText.unescape(
                                frames.get(0).substring(1, frames.get(0).length() - 1))
                        : "",
                PlaceText.unescape(String.join("/", frames.subList(inModule ? 1 : 0, frames.size() - 1))),
                PlaceText.unescape(last.substring(0, colon)),
                Integer.parseInt(last.substring(colon + 1)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("a damaged report is read or refused with its line, and nothing else happens,")
    void damaged(long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final Sample sample = HostileReports.sample(seed, 20);
        final List<byte[]> documents = List.of(
                text(sample, AllocInfoText.V1_0),
                text(sample, AllocInfoText.V2_0),
                json(sample),
                SeriesWriter.line(sample));
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            final byte[] damaged = damage(documents.get(i % documents.size()), random);
            try {
                final Reading reading = read(damaged, Instant.EPOCH);
                reading.samples().forEach(each -> rewritten(each, seed));
            } catch (ReportException expected) {
                refused++;
                assertTrue(String.valueOf(expected.getMessage()).startsWith("hostile"), expected.getMessage());
                assertTrue(String.valueOf(expected.getMessage()).lines().count() == 1, expected.getMessage());
            }
        }
        assertTrue(refused > 150, "refused " + refused);
    }

    /** Whatever was accepted is written and read again as the same. */
    private static void rewritten(Sample sample, long seed) {
        try {
            final Reading again = read(json(sample), sample.takenAt());
            assertEquals(
                    sample.info().entries().stream().map(AllocEntry::place).toList(),
                    again.last().info().entries().stream()
                            .map(AllocEntry::place)
                            .toList(),
                    () -> "seed " + seed);
        } catch (IOException | ReportException failure) {
            throw new AssertionError("seed " + seed, failure);
        }
    }

    private static byte[] damage(byte[] document, SplittableRandom random) {
        final byte[] damaged = document.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            final int at = random.nextInt(damaged.length);
            damaged[at] = (byte)
                    (random.nextBoolean() ? random.nextInt(256) : DAMAGE.charAt(random.nextInt(DAMAGE.length())));
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }
}
