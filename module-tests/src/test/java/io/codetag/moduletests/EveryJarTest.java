package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.programs.RecordingProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("All jars together")
class EveryJarTest {
    @TempDir
    private static Path folder;

    private static Outcome classPath;
    private static Outcome modulePath;

    @BeforeAll
    static void runOnce() throws Exception {
        final List<Path> jars = JvmProgram.allJars();
        final Class<?> main = RecordingProgram.class;
        final Path plain = TestJar.in(folder, "plain.jar").classes(main).write();
        // Neither a backend nor a logging provider is required, or named on the command line: they are found.
        final Path module = TestJar.in(folder, "module.jar")
                .classes(main)
                .module("module program { requires io.codetag.core; }", jars)
                .write();
        // An alignment that is not the default shows whether the sizes of objects are read or guessed.
        classPath = JvmProgram.onClassPath(folder, main, JvmProgram.plus(jars, plain))
                .options("-XX:ObjectAlignmentInBytes=16")
                .run();
        modulePath = JvmProgram.onModulePath(folder, main, JvmProgram.plus(jars, module))
                .options("-XX:ObjectAlignmentInBytes=16")
                .run();
    }

    @Test
    @DisplayName("record on the class path: page flags where there are flag words, the page extension elsewhere")
    void recordOnClassPath() {
        assertEquals(
                List.of("store with flags: pageflags", "store without flags: pageext"),
                classPath.orFail().printed().subList(0, 2));
        assertTrue(classPath.printed().contains("left 0"), classPath.out()::toString);
        assertEquals("ON", classPath.after("state"));
    }

    @Test
    @DisplayName("give the report that the calls amount to")
    void report() {
        final List<String> report = classPath.orFail().printed();
        assertEquals("allocinfo - version: 2.0", report.get(2));
        final String path = RecordingProgram.class.getPackageName().replace('.', '/') + "/RecordingProgram.java:";
        // 2 x 32 KiB in 4 pieces each; 2 x 2 pages, and 100 bytes charged.
        assertTrue(report.get(4).matches(" {7}65536 {8}8 " + path + "\\d+ func:readAhead "), report.get(4));
        assertTrue(report.get(5).matches(" {7}16484 {8}5 " + path + "\\d+ func:index "), report.get(5));
        assertEquals("left 0", report.get(6));
    }

    @Test
    @DisplayName("do on the module path, found by `provides`, just what they do on the class path")
    void samePerModulePath() {
        assertEquals(classPath.orFail().printed(), modulePath.orFail().printed());
        assertEquals(classPath.logged(), modulePath.logged());
    }

    @Test
    @DisplayName("know the sizes of the heap from the JVM's own flags, also on the module path")
    void heapSizes() {
        assertEquals("32 16", classPath.after("heap"));
        assertEquals("32 16", modulePath.after("heap"));
    }

    @Test
    @DisplayName("log one line for each allocator, and nothing else")
    void logged() {
        final List<String> logged = classPath.orFail().logged();
        assertEquals(2, logged.size(), logged::toString);
        assertTrue(
                logged.get(0).matches("INFO \\[codetag[-a-z]*] \\[CODETAG-101] allocator 'with flags': .*"),
                logged.get(0));
        assertTrue(
                logged.get(1).contains("[CODETAG-101] allocator 'without flags': references in pageext"),
                logged.get(1));
    }
}
