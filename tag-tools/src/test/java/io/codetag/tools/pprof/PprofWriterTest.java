package io.codetag.tools.pprof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.pprof.ParsedProfile.Frame;
import io.codetag.tools.report.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A profile for pprof")
class PprofWriterTest {
    private static final Instant TAKEN_AT = Instant.parse("2026-03-04T05:06:07.123456789Z");
    private static final CodeTag READ_AHEAD =
            new CodeTag(null, "com.acme.cache.PageCache", "PageCache.java", 214, "readAhead");
    private static final CodeTag INFLATE =
            new CodeTag("zip-plugin", "com.acme.plugin.Zip$In", "Zip.java", 94, "inflate");

    private static AllocEntry entry(CodeTag place, long bytes, long calls) {
        return new AllocEntry(0, place, null, new AllocCounts(bytes, calls), true, false);
    }

    private static ParsedProfile written(AllocEntry... entries) throws Exception {
        return written(TAKEN_AT, List.of(entries));
    }

    private static ParsedProfile written(Instant takenAt, List<AllocEntry> entries) throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        PprofWriter.write(new Sample(takenAt, new AllocInfo(1, 1, entries)), out);
        return ParsedProfile.of(out.toByteArray());
    }

    @Test
    @DisplayName("says what its values are, that nothing was sampled, and when it was taken")
    void header() throws Exception {
        final ParsedProfile profile = written(entry(READ_AHEAD, 151_552, 37));
        assertEquals(List.of("inuse_objects/count", "inuse_space/bytes"), profile.sampleTypes());
        assertEquals("inuse_space", profile.defaultSampleType());
        assertEquals("space/bytes", profile.periodType());
        assertEquals(1, profile.number("period"));
        assertEquals(TAKEN_AT.getEpochSecond() * 1_000_000_000 + TAKEN_AT.getNano(), profile.number("time_nanos"));
        assertEquals(List.of("allocinfo: exact, every live allocation is counted"), profile.comments());
    }

    @Test
    @DisplayName("has a sample of one frame for each tag: function, file, line, and the module as its mapping")
    void frames() throws Exception {
        final ParsedProfile profile = written(entry(READ_AHEAD, 151_552, 37), entry(INFLATE, 81_920, 20));
        assertEquals(
                List.of(
                        new Frame(
                                "core",
                                "com.acme.cache.PageCache.readAhead",
                                "com.acme.cache.PageCache#readAhead",
                                "com/acme/cache/PageCache.java",
                                214,
                                214,
                                37,
                                151_552,
                                Map.of()),
                        new Frame(
                                "zip-plugin",
                                "com.acme.plugin.Zip$In.inflate",
                                "com.acme.plugin.Zip$In#inflate",
                                "com/acme/plugin/Zip.java",
                                94,
                                94,
                                20,
                                81_920,
                                Map.of("module", "zip-plugin"))),
                profile.frames());
    }

    @Test
    @DisplayName("repeats the markers of the text report as labels")
    void markers() throws Exception {
        final AllocEntry marked = new AllocEntry(0, INFLATE, null, new AllocCounts(1, 1), false, true);
        assertEquals(
                Map.of("module", "zip-plugin", "accurate", "no", "state", "unloaded"),
                written(marked).frames().get(0).labels());
    }

    @Test
    @DisplayName("knows two lines of one method as one function that begins no later than the first, at two locations")
    void linesOfOneFunction() throws Exception {
        final CodeTag later = new CodeTag(null, "com.acme.cache.PageCache", "PageCache.java", 230, "readAhead");
        final ParsedProfile profile = written(entry(later, 10, 1), entry(READ_AHEAD, 20, 2), entry(READ_AHEAD, 30, 3));
        assertEquals(1, profile.functionCount());
        assertEquals(2, profile.locationCount());
        assertEquals(
                List.of(230L, 214L, 214L),
                profile.frames().stream().map(Frame::line).toList());
        assertEquals(214, profile.frames().get(0).startLine());
    }

    @Test
    @DisplayName("of tags that own nothing, or of none, is valid and empty")
    void empty() throws Exception {
        for (ParsedProfile profile : List.of(written(), written(entry(READ_AHEAD, 0, 0)))) {
            assertEquals(List.of(), profile.frames());
            assertEquals(List.of("inuse_objects/count", "inuse_space/bytes"), profile.sampleTypes());
            assertEquals(List.of("core"), profile.mappingNames());
        }
    }

    @Test
    @DisplayName("keeps a tag with calls of no bytes, and prints what is below zero as 0")
    void oddCounts() throws Exception {
        final ParsedProfile profile = written(
                entry(READ_AHEAD, 0, 4), entry(READ_AHEAD, -5, 3), entry(READ_AHEAD, Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals(
                List.of(0L, 0L, Long.MAX_VALUE),
                profile.frames().stream().map(Frame::bytes).toList());
        assertEquals(
                List.of(4L, 3L, Long.MAX_VALUE),
                profile.frames().stream().map(Frame::objects).toList());
    }

    @Test
    @DisplayName("names functions of reports that tell no class after their file, and those of the kernel plainly")
    void withoutClass() throws Exception {
        final ParsedProfile profile = written(
                entry(new CodeTag(null, "", "com/acme/cache/PageCache.java", 214, "readAhead"), 1, 1),
                entry(new CodeTag(null, "", "com/acme/Hidden.class", 0, "read"), 1, 1),
                entry(new CodeTag("xfs", "", "mm/slub.c", 2219, "alloc_slab_page"), 1, 1));
        assertEquals(
                List.of("com.acme.cache.PageCache.readAhead", "com.acme.Hidden.read", "alloc_slab_page"),
                profile.frames().stream().map(Frame::function).toList());
        assertEquals(
                List.of("com/acme/cache/PageCache.java", "com/acme/Hidden.class", "mm/slub.c"),
                profile.frames().stream().map(Frame::file).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<clinit>", "<init>", "_Z3foov", "operator<>", "a.<b>", "#", "x::y[]"})
    @DisplayName("gives no function two equal names: pprof would take them for C++ and change one")
    void notDemangled(String function) throws Exception {
        for (String className : List.of("", "Main", "com.acme.Main")) {
            final Frame frame = written(entry(new CodeTag(null, className, "Main", 1, function), 1, 1))
                    .frames()
                    .get(0);
            assertNotEquals(frame.function(), frame.systemName());
        }
    }

    @Test
    @DisplayName("escapes what would break a line or steer a terminal, and leaves blanks and letters of any script")
    void hostileNames() throws Exception {
        final CodeTag hostile = new CodeTag(
                "core", "com.acme.\u001B[2J\nEvil", "\u00C4rger \u202E.java", 1, "back\\slash\uD800 \u03B1");
        final Frame frame = written(entry(hostile, 1, 1)).frames().get(0);
        assertEquals("com.acme.\\033[2J\\012Evil.back\\134slash\\355\\240\\200 \u03B1", frame.function());
        assertEquals("com/acme/\u00C4rger \\342\\200\\256.java", frame.file());
    }

    @Test
    @DisplayName("keeps a module that calls itself core apart from the tags of no module")
    void moduleNamedCore() throws Exception {
        final ParsedProfile profile = written(entry(READ_AHEAD, 1, 1), entry(READ_AHEAD.inModule("core"), 1, 1));
        assertEquals(List.of("core", "core"), profile.mappingNames());
        assertEquals(Map.of(), profile.frames().get(0).labels());
        assertEquals(Map.of("module", "core"), profile.frames().get(1).labels());
    }

    @Test
    @DisplayName("leaves out a time that its field cannot hold")
    void farTime() throws Exception {
        assertEquals(0, written(Instant.MAX, List.of()).number("time_nanos"));
        assertEquals(0, written(Instant.MIN, List.of()).number("time_nanos"));
    }

    @Test
    @DisplayName("holds 200 000 tags, each string once")
    void manyTags() throws Exception {
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            final CodeTag place = new CodeTag(
                    "module-" + i % 100, "com.acme.C" + i % 5000, "C" + i % 5000 + ".java", i + 1, "f" + i % 40);
            entries.add(entry(place, 4096L * i, i));
        }
        final ParsedProfile profile = written(TAKEN_AT, entries);
        final List<Frame> frames = profile.frames();
        assertEquals(199_999, frames.size(), "the first owns nothing");
        assertEquals(
                entries.stream().mapToLong(AllocEntry::bytes).sum(),
                frames.stream().mapToLong(Frame::bytes).sum());
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(entries.get(i + 1).place().line(), frames.get(i).line());
        }
        assertEquals(101, profile.mappingNames().size());
        assertEquals(
                profile.strings().stream().distinct().count(), profile.strings().size());
    }

    @Test
    @DisplayName("passes on that it could not be written, and leaves the stream open when it was")
    void streams() throws Exception {
        final Sample sample = new Sample(TAKEN_AT, new AllocInfo(1, 1, List.of(entry(READ_AHEAD, 1, 1))));
        final OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        assertEquals(
                "disk full",
                assertThrows(IOException.class, () -> PprofWriter.write(sample, full))
                        .getMessage());
        final boolean[] closed = {false};
        PprofWriter.write(sample, new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        });
        assertTrue(!closed[0]);
    }
}
