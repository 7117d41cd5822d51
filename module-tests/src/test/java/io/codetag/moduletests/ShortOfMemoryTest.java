package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.moduletests.JvmProgram.Outcome;
import io.codetag.moduletests.programs.FullCountersProgram;
import io.codetag.moduletests.programs.FullHeapProgram;
import io.codetag.moduletests.programs.LargeModuleProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Want of memory")
class ShortOfMemoryTest {
    @TempDir
    private static Path folder;

    private static JvmProgram program(Class<?> main) throws ClassNotFoundException {
        final Path jar = TestJar.in(folder, main.getSimpleName() + ".jar")
                .classes(main, Class.forName(FullHeapProgram.class.getPackageName() + ".Memory"))
                .write();
        return JvmProgram.onClassPath(folder, main, JvmProgram.plus(JvmProgram.allJars(), jar));
    }

    @Test
    @DisplayName("for the counters of a tag leaves its allocation untracked and the tag marked, with a warning for it")
    void counters() throws Exception {
        final Outcome outcome =
                program(FullCountersProgram.class).options("-Xmx14m").run().orFail();
        assertEquals("0", outcome.after("thrown"));
        assertEquals("true", outcome.after("some-marked"));
        assertEquals("0", outcome.after("silent"), "tags that were counted too little, and nothing says so");
        assertEquals("true", outcome.after("counted-or-marked"));
        assertEquals("true", outcome.after("balanced"));
        assertEquals("0", outcome.after("live"));
        assertEquals("AllocCounts[bytes=4096, calls=1]", outcome.after("again"));
        assertTrue(outcome.logged().stream().anyMatch(line -> line.contains("[CODETAG-504]")), outcome::toString);
        assertEquals(
                outcome.logged().size(),
                outcome.logged().stream()
                        .filter(line -> line.matches(".*\\[CODETAG-(101|501|504)].*"))
                        .count(),
                outcome::toString);
    }

    @Test
    @DisplayName("while a module is loaded leaves nothing of it, wherever memory ended: all of its ids or none")
    void load() throws Exception {
        final Outcome outcome =
                program(LargeModuleProgram.class).options("-Xmx40m").run().orFail();
        assertEquals("true", outcome.after("failures"), outcome::toString);
        assertTrue(outcome.out().stream().noneMatch(line -> line.startsWith("wrong")), outcome::toString);
        assertEquals("true", outcome.after("lowest-first"), "ids of a module that failed to load stayed in use");
    }
}
