package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.programs.StreamedProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("codetag-jfr beside codetag-core")
class JfrJarTest {
    private static final String EVENT = "main 12345";

    @TempDir
    private Path folder;

    private final List<Path> jars = JvmProgram.plus(JvmProgram.allJars(), LibraryModule.JFR.location());
    private final Class<?> main = StreamedProgram.class;

    @Test
    @DisplayName("exports to Flight Recorder by itself on the class path")
    void classPath() throws Exception {
        final Path plain = TestJar.in(folder, "plain.jar").classes(main).write();
        final Outcome outcome = JvmProgram.onClassPath(folder, main, JvmProgram.plus(jars, plain))
                .run();
        assertEquals(EVENT, outcome.orFail().after("event"));
        assertEquals(List.of(), outcome.logged());
    }

    @Test
    @DisplayName("exports to Flight Recorder by itself on the module path, where nobody requires it")
    void modulePath() throws Exception {
        final Path module = TestJar.in(folder, "module.jar")
                .classes(main)
                .module("module program { requires io.codetag.core; requires jdk.jfr; }", jars)
                .write();
        final Outcome outcome = JvmProgram.onModulePath(folder, main, JvmProgram.plus(jars, module))
                .run();
        assertEquals(EVENT, outcome.orFail().after("event"));
        assertEquals(List.of(), outcome.logged());
    }

    @Test
    @DisplayName("is left out where the JVM has no Flight Recorder, and the profiler goes on")
    void withoutFlightRecorder() throws Exception {
        final Class<?> probe = io.codetag.moduletests.programs.RecordingProgram.class;
        final Path plain = TestJar.in(folder, "plain.jar").classes(probe).write();
        final Outcome outcome = JvmProgram.onClassPath(folder, probe, JvmProgram.plus(jars, plain))
                .options("--limit-modules", "java.base,java.logging,java.xml,java.naming,java.management")
                .run();
        assertEquals("0", outcome.orFail().after("left"));
    }
}
