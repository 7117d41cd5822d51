package io.codetag.benchmarks.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The revision that a table names")
class MachineTest {
    @TempDir
    private Path checkout;

    private String commit = "";

    private void git(String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder =
                new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_")); // as in a hook: another repository
        final Process git = builder.start();
        final String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), output);
    }

    private void write(String file, String text) throws IOException {
        final Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @BeforeEach
    void commitAll() throws IOException, InterruptedException {
        assumeTrue(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "git"))),
                "git is not installed");
        write("core/Source.java", "class Source {}");
        write("benchmarks/results/a.tsv", "1");
        write("docs/performance.md", "1");
        git("init", "-q");
        git("add", "-A");
        git("commit", "-q", "-m", "All");
        commit = Machine.revision(checkout);
        assertTrue(commit.matches("[0-9a-f]{7,}"), commit);
    }

    @Test
    @DisplayName("is that of the directory in which a program runs, and stands among the facts of the machine")
    void here() {
        assertEquals(
                Machine.revision(Path.of("").toAbsolutePath()),
                Machine.describe().get("revision"));
    }

    @Test
    @DisplayName("is the commit where only tables and pages were written since")
    void tables() throws IOException {
        write("benchmarks/results/a.tsv", "2");
        write("benchmarks/results/b.tsv", "1");
        write("docs/performance.md", "2");
        assertEquals(commit, Machine.revision(checkout));
        assertEquals(commit, Machine.revision(checkout.resolve("benchmarks")));
    }

    @Test
    @DisplayName("is dirty where code was changed since")
    void changed() throws IOException {
        write("core/Source.java", "class Source { int x; }");
        assertEquals(commit + "-dirty", Machine.revision(checkout));
        assertEquals(commit + "-dirty", Machine.revision(checkout.resolve("benchmarks")));
    }

    @Test
    @DisplayName("is dirty where code came since")
    void added() throws IOException {
        write("core/Other.java", "class Other {}");
        assertEquals(commit + "-dirty", Machine.revision(checkout));
    }
}
