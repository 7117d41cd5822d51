package io.codetag.tools.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.tools.cli.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The command reads recordings")
class RecordingCommandsTest {
    private static final String OFTEN = "settings=default,+io.codetag.AllocTag#period=100ms";
    private static final String READ_AHEAD = "io/codetag/tools/jfr/RecordedProgram.java:\\d+ func:readAhead";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("of a JVM that was killed: who held the memory, over time, in every form")
    void killed() throws Exception {
        try (RecordedJvm jvm = new RecordedJvm(folder, OFTEN)) {
            jvm.readUntil(sample -> sample.info().total().calls() == 4);
            jvm.tell("more");
            jvm.readUntil(sample -> sample.info().total().calls() == 11);
            jvm.kill();
            for (Path repository : List.of(jvm.repositories(), jvm.repository())) {
                final List<String> lines = Ran.allocinfo("show", repository).lines();
                assertEquals("2 tags own 45,056 bytes in 11 calls", lines.get(0));
                assertTrue(lines.get(2).matches(" *32768 +8  " + READ_AHEAD), lines::toString);
                assertTrue(lines.get(3).matches(" *12288 +3 .*func:index"), lines::toString);
            }
            final List<String> grown = Ran.allocinfo("diff", jvm.repository()).lines();
            assertTrue(grown.get(2).matches(" *\\+28672 +\\+7 +32768  grew +" + READ_AHEAD), grown::toString);
            final Path profile = folder.resolve("heap.pb.gz");
            Ran.allocinfo("convert", jvm.repository(), "--to", "pprof", "-o", profile)
                    .out();
            assertTrue(Files.size(profile) > 100);
            final Path html = folder.resolve("last.html");
            Ran.allocinfo("report", jvm.repository(), "-o", html).out();
            assertTrue(Files.readString(html).contains("readAhead"));
            final String csv =
                    Ran.allocinfo("convert", jvm.repository(), "--to", "csv").out();
            assertTrue(csv.contains(",4096,1,,io/codetag/tools/jfr/RecordedProgram.java,"), csv);
            assertTrue(csv.contains(",32768,8,,io/codetag/tools/jfr/RecordedProgram.java,"), csv);
        }
    }

    @Test
    @DisplayName("and refuses one without our events, with what the program needs, writing nothing")
    void foreign() throws Exception {
        final Path file = folder.resolve("foreign.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.CPULoad");
            recording.start();
            recording.dump(file);
        }
        final Path output = folder.resolve("out.json");
        for (Ran ran : List.of(
                Ran.allocinfo("show", file),
                Ran.allocinfo("leaks", file),
                Ran.allocinfo("report", file, "-o", output),
                Ran.allocinfo("convert", file, "--to", "json", "-o", output))) {
            final String refusal = ran.refusal();
            assertTrue(
                    refusal.startsWith(file + " has no event io.codetag.AllocTag; the program needs codetag-jfr"),
                    refusal);
        }
        assertFalse(Files.exists(output));
    }
}
