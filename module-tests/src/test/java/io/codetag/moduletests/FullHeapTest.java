package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.programs.FullHeapProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A full heap")
class FullHeapTest {
    @Test
    @DisplayName("makes no recording call throw, leaves counters exact, and does not end the daemon thread")
    void fullHeap(@TempDir Path folder) throws Exception {
        final Path jar =
                TestJar.in(folder, "program.jar").classes(FullHeapProgram.class).write();
        final Outcome outcome = JvmProgram.onClassPath(
                        folder, FullHeapProgram.class, JvmProgram.plus(JvmProgram.allJars(), jar))
                .options("-Xmx24m")
                .run()
                .orFail();
        assertEquals("never threw", outcome.after("recording"));
        assertEquals("true", outcome.after("rounds"));
        assertEquals("AllocCounts[bytes=0, calls=0]", outcome.after("live"));
        assertEquals("true", outcome.after("scopes refused"));
        assertEquals("true", outcome.after("scopes closed"));
        assertEquals("true", outcome.after("flushed"));
        assertEquals("true", outcome.after("daemon"));
    }
}
