package io.codetag.tools.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.jfr.JfrExport;
import io.codetag.tools.report.Sample;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A recording of a real JVM")
class JfrReportsTest {
    private static final String OFTEN = "settings=default,+io.codetag.AllocTag#period=100ms";
    private static final int PAGE = RecordedProgram.PAGE;

    @TempDir
    private Path folder;

    private static long pages(Sample sample) {
        return sample.info().total().bytes() / PAGE;
    }

    private static AllocEntry byFunction(Sample sample, String function) {
        return sample.info().entries().stream()
                .filter(entry -> entry.place().function().equals(function))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sample.toString()));
    }

    @Test
    @DisplayName("that was killed tells who held the memory: all that was flushed is recovered")
    void killed() throws Exception {
        try (RecordedJvm jvm = new RecordedJvm(folder, OFTEN)) {
            jvm.readUntil(sample -> pages(sample) == 4);
            jvm.tell("more");
            jvm.readUntil(sample -> pages(sample) == 11);
            jvm.kill();

            final List<Sample> samples = JfrReports.read(jvm.repositories());
            final Sample last = samples.get(samples.size() - 1);
            assertEquals(4, pages(samples.get(0)));
            assertEquals(2, last.info().entries().size(), last::toString);
            final AllocEntry readAhead = last.info().entries().get(0);
            assertEquals("readAhead", readAhead.place().function());
            assertEquals(
                    "io/codetag/tools/jfr/RecordedProgram.java",
                    readAhead.place().path());
            assertEquals(RecordedProgram.class.getName(), readAhead.place().className());
            assertEquals(new AllocCounts(8L * PAGE, 8), readAhead.counts());
            assertEquals(readAhead.place().function(), readAhead.declaration().function());
            final AllocEntry index = byFunction(last, "index");
            assertEquals(new AllocCounts(3L * PAGE, 3), index.counts());
            assertEquals("<clinit>", index.declaration().function());
            assertNotEquals(index.place().line(), index.declaration().line());
            assertTrue(last.info().consistent());
            assertEquals(samples, JfrReports.read(jvm.repository()), "also by the name of the repository itself");
        }
    }

    @Test
    @DisplayName("that ended by itself is read from the file it wrote")
    void ended() throws Exception {
        try (RecordedJvm jvm = new RecordedJvm(folder, OFTEN + ",filename=ended.jfr")) {
            jvm.readUntil(sample -> pages(sample) == 4);
            jvm.end();
            final List<Sample> samples = JfrReports.read(folder.resolve("ended.jfr"));
            assertEquals(4, pages(samples.get(samples.size() - 1)));
            for (int i = 1; i < samples.size(); i++) {
                assertFalse(samples.get(i).takenAt().isBefore(samples.get(i - 1).takenAt()));
            }
        }
    }

    @Test
    @DisplayName(
            "gives back tags as they were, hostile names too, and the rest as one line; set up by the settings file")
    void names() throws Exception {
        final String settings;
        try (InputStream shipped = JfrExport.class.getResourceAsStream("codetag.jfc")) {
            settings = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.writeString(
                folder.resolve("changed.jfc"),
                settings.replace(">10 s<", ">100 ms<").replace(">100<", ">7<"));
        try (RecordedJvm jvm = new RecordedJvm(folder, "settings=changed.jfc")) {
            jvm.tell("plugins");
            final List<Sample> samples = jvm.readUntil(sample -> pages(sample) == 504);
            final Sample last = samples.get(samples.size() - 1);
            assertEquals(8, last.info().entries().size());
            assertEquals(
                    new CodeTag("plug\n\u001B\u03B1", "com.acme.Plugin$Inner", "Plugin.java", 1, "<init>\t"),
                    byFunction(last, "<init>\t").place());
            final AllocEntry rest = byFunction(last, "(rest)");
            assertEquals("(rest):0 func:(rest)", rest.place().toString());
            assertEquals(495, rest.calls());
            assertEquals(504, last.info().total().calls());
        }
    }

    @Test
    @DisplayName("is read whole while the JVM goes on recording, by way of a copy that is deleted again")
    void alive() throws Exception {
        try (RecordedJvm jvm = new RecordedJvm(folder, OFTEN)) {
            final List<Sample> first = jvm.readUntil(sample -> pages(sample) == 4);
            final List<Sample> later = jvm.readUntil(sample ->
                    sample.takenAt().isAfter(first.get(first.size() - 1).takenAt()));
            assertTrue(later.size() > first.size());
            final Path chunk;
            try (var chunks = Files.list(jvm.repository())) {
                chunk = chunks.findFirst().orElseThrow();
            }
            final Path copy;
            try (FinishedRecording recording = FinishedRecording.open(chunk)) {
                copy = recording.file();
                assertNotEquals(chunk, copy);
                assertTrue(Files.exists(copy));
            }
            assertFalse(Files.exists(copy));
        }
    }
}
