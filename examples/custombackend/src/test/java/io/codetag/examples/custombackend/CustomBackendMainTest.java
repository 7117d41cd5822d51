package io.codetag.examples.custombackend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The program with a backend of a third party")
class CustomBackendMainTest {
    private static final long WAIT_SECONDS = 60;

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisplayName("reads from the file of a killed process what that process last said of its pages")
    void demo() throws Exception {
        assertEquals(0, run(), () -> out + "\n" + err);
        final String text = out.toString(UTF_8);
        assertTrue(text.contains("    5000     20480000  io/codetag/examples/custombackend/MessageServer.java:"), text);
        assertTrue(text.contains("       3        12288  (deliberately untracked)"), text);
        assertTrue(text.contains("    7704     31555584  in all"), text);
        assertTrue(text.contains("OK: the file says of every page"), text);
    }

    @Test
    @DisplayName("killed at any moment leaves a file that can be read")
    void killedWhileWorking() throws Exception {
        for (int attempt = 0; attempt < 3; attempt++) {
            final Path directory = temp.resolve("attempt-" + attempt);
            final Process child = ChildJvm.start(List.of(), List.of("run", directory.toString()));
            try {
                final Path file = directory.resolve("refs-message_server.tags");
                while (child.isAlive() && !(Files.exists(file) && Files.size(file) > 4_096)) {
                    child.waitFor(1, TimeUnit.MILLISECONDS); // however long it takes to get there
                }
                child.destroyForcibly();
                assertTrue(child.waitFor(WAIT_SECONDS, TimeUnit.SECONDS));
                final PostMortem found = PostMortem.read(file);
                assertTrue(found.pages() <= 16_384, () -> found.pages() + " pages");
                found.holders().keySet().forEach(code -> assertTrue(code >= 1 && code <= 6, () -> "code " + code));
                assertTrue(found.heading().endsWith(", which is no more"), found.heading());
            } finally {
                child.destroyForcibly();
            }
        }
    }

    @Test
    @DisplayName("takes its backend by name without any setting, and leaves no file if it ends in good order")
    void goodOrder() throws Exception {
        final Process child = ChildJvm.start(List.of(), List.of("run", temp.toString()));
        child.getOutputStream().close();
        final String said = new String(child.getInputStream().readAllBytes(), UTF_8);
        assertTrue(child.waitFor(WAIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue());
        assertTrue(said.endsWith("ready" + System.lineSeparator()), said);
        try (Stream<Path> left = Files.list(temp)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    @DisplayName("refuses the name of a backend that is not there, and a file that is another's, with status 2")
    void refused() throws Exception {
        final Process misspelt =
                ChildJvm.start(List.of("-Dcodetag.storage=maped-file"), List.of("run", temp.toString()));
        Files.writeString(temp.resolve("refs-message_server.tags"), "dear editor");
        final Process foreign = ChildJvm.start(List.of(), List.of("run", temp.toString()));
        for (Process each : List.of(misspelt, foreign)) {
            assertEquals("", new String(each.getInputStream().readAllBytes(), UTF_8));
            assertTrue(each.waitFor(WAIT_SECONDS, TimeUnit.SECONDS));
            assertEquals(2, each.exitValue());
        }
    }

    @Test
    @DisplayName("says what it cannot read, with status 1")
    void unreadable() throws Exception {
        final Path letter = Files.writeString(temp.resolve("letter"), "dear editor");
        assertEquals(1, run("read", letter.toString()));
        assertEquals(letter + " is no file of the backend mapped-file", error());

        final Path missing = temp.resolve("missing");
        assertEquals(1, run("read", missing.toString()));
        assertEquals(missing + " does not exist", error());
    }

    @Test
    @DisplayName("says how it is called when it is called wrongly, with status 2")
    void usage() throws Exception {
        for (String[] wrong : new String[][] {{"walk"}, {"run"}, {"read"}, {"read", "a", "b"}, {"demo", "x"}}) {
            assertEquals(2, run(wrong), () -> String.join(" ", wrong));
            assertEquals("usage: [demo | run DIR | read FILE]", error());
            assertFalse(out.size() > 0);
        }
    }

    private int run(String... args) throws Exception {
        out.reset();
        err.reset();
        return CustomBackendMain.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String error() {
        return err.toString(UTF_8).trim();
    }
}
