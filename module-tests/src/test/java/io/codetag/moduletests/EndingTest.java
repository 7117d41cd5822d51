package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.programs.EndingProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A program that ends")
class EndingTest {
    private static final String CHOSEN = "[CODETAG-101] allocator 'pool': references in pageext";

    @TempDir
    private static Path folder;

    private static Path jar;

    @BeforeAll
    static void pack() {
        jar = TestJar.in(folder, "program.jar").classes(EndingProgram.class).write();
    }

    private static JvmProgram program() {
        return JvmProgram.onClassPath(folder, EndingProgram.class, JvmProgram.plus(JvmProgram.allJars(), jar));
    }

    private static void assertLogged(Outcome outcome) {
        assertEquals(
                1,
                outcome.logged().stream().filter(line -> line.contains(CHOSEN)).count(),
                outcome::toString);
    }

    @Test
    @DisplayName("at once still logs where references are kept, and waits for no thread, with one CPU too")
    void atOnce() throws Exception {
        assertLogged(
                program().options("-XX:ActiveProcessorCount=1").run("return").orFail());
    }

    @Test
    @DisplayName("needs nothing of the common pool")
    void withoutCommonPool() throws Exception {
        assertLogged(program()
                .property("java.util.concurrent.ForkJoinPool.common.parallelism", "0")
                .run("return")
                .orFail());
    }

    @Test
    @DisplayName("by System.exit, right after attaching, still logs")
    void byExit() throws Exception {
        final Outcome outcome = program().run("exit");
        assertEquals(7, outcome.status());
        assertEquals("", outcome.err());
        assertLogged(outcome);
    }

    @Test
    @DisplayName("while a message is being written waits for it")
    void whileLogging() throws Exception {
        final Outcome outcome = program().run("logging").orFail();
        assertEquals("waits", outcome.after("exit-thread"));
        assertLogged(outcome);
    }

    @Test
    @DisplayName("by its own logging provider, in the middle of a message, ends as it was told to after some seconds")
    void inLog() throws Exception {
        final Outcome outcome = program().run("in-log");
        assertEquals(7, outcome.status());
        assertEquals("", outcome.err());
    }

    @Test
    @DisplayName("while reports are written and failures are reported ends as it was told to")
    void inReport() throws Exception {
        final Outcome outcome = program().run("in-report");
        assertEquals(7, outcome.status());
        assertEquals("", outcome.err());
        assertLogged(outcome);
    }

    @Test
    @DisplayName("while its first allocator is being attached ends as it was told to")
    void race() throws Exception {
        final Outcome outcome = program().run("race");
        assertEquals(7, outcome.status());
        assertEquals("", outcome.err());
    }

    @Test
    @DisplayName("may attach its first allocator in a shutdown hook")
    void inShutdownHook() throws Exception {
        final Outcome outcome = program().run("hook").orFail();
        assertTrue(outcome.out().contains("store pageext"), outcome::toString);
    }
}
