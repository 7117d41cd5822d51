package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.plugins.PluginPool;
import io.codetag.moduletests.programs.HostProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A plugin with its own allocator, in its own class loader")
class PluginAllocatorTest {
    @TempDir
    private static Path folder;

    private static Outcome outcome;

    @BeforeAll
    static void runOnce() throws Exception {
        final Path host =
                TestJar.in(folder, "host.jar").classes(HostProgram.class).write();
        final Path plugin =
                TestJar.in(folder, "plugin.jar").classes(PluginPool.class).write();
        outcome = JvmProgram.onClassPath(folder, HostProgram.class, JvmProgram.plus(JvmProgram.allJars(), host))
                .run(plugin.toString(), PluginPool.class.getName());
    }

    @Test
    @DisplayName("records under the name of its class loader")
    void records() {
        outcome.orFail();
        assertEquals("pageflags, 3 calls, module first", outcome.after("first"));
        assertEquals("pageflags, 3 calls, module second", outcome.after("second"));
    }

    @Test
    @DisplayName("is collected although it was the first to attach, and closed nothing")
    void collectedUnclosed() {
        assertEquals("true", outcome.after("first-collected"));
    }

    @Test
    @DisplayName("is collected when it closed its allocator")
    void collectedClosed() {
        assertEquals("true", outcome.after("second-collected"));
    }

    @Test
    @DisplayName("leaves nothing in the report, and one line in the log about what it had not freed")
    void leavesNothing() {
        assertEquals("true", outcome.after("first-forgotten"));
        assertEquals("true", outcome.after("second-forgotten"));
        assertEquals(
                1,
                outcome.logged().stream()
                        .filter(line -> line.contains("[CODETAG-303] allocator 'plugin pool' was collected"
                                + " without being closed while 12288 bytes in 3 blocks were live"))
                        .count(),
                outcome::toString);
        assertTrue(
                outcome.logged().stream()
                        .anyMatch(line -> line.contains("[CODETAG-302] allocator 'plugin pool' was closed")),
                outcome::toString);
    }
}
