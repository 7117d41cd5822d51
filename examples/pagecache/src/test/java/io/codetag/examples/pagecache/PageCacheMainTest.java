package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The program")
class PageCacheMainTest {
    @TempDir
    Path directory;

    @TempDir
    Path output;

    @Test
    @DisplayName("accounts for every byte of a directory with a jmod, a dangling link and a damaged jar")
    void wholeRun() throws IOException {
        fill();
        Samples.file(
                directory.resolve("mods/a.jmod"),
                Samples.zip(new Random(7), new byte[] {'J', 'M', 1, 0}, 10, 5000, 300_000));
        Samples.file(directory.resolve("broken.jar"), new byte[100]);
        Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));
        final String report = run(0, "--cache", "4", directory.toString());
        assertTrue(report.contains("func:readAhead"), report);
        assertTrue(report.contains("[inflate-plugin] func:inflatePiece"), report);
        assertTrue(report.contains("a link that leads nowhere 1 (dangling)"), report);
        assertTrue(report.contains("no zip file 1 ("), report);
        assertTrue(report.contains(" + untracked 0 = "), report);
        assertTrue(report.contains(": equal"), report);
        assertTrue(report.contains("closed     0 bytes left"), report);
        assertFalse(report.contains("io/codetag/allocator"), "frames of the library are no call sites: " + report);
        assertFalse(report.contains("func:<clinit>"), report);
    }

    @Test
    @DisplayName("packs some files into a jar where there is no archive")
    void packsJar() throws IOException {
        fill();
        final String report = run(0, "--threads", "3", directory.toString());
        assertTrue(report.contains("entries of 1 archives"), report);
        assertTrue(report.contains("io/codetag/examples/pagecache/HostInflater.java"), report);
    }

    @Test
    @DisplayName("runs over an empty directory")
    void emptyDirectory() {
        assertTrue(run(0, directory.toString()).contains("work       1 files"));
    }

    @Test
    @DisplayName("ends with status 2 and a clear word when the arguments are wrong")
    void wrongArguments() throws IOException {
        final Path file = Samples.file(directory.resolve("file"), new byte[1]);
        assertTrue(run(2, directory.resolve("missing").toString()).contains("missing' is not there"));
        assertTrue(run(2, file.toString()).contains("file' is no directory"));
        assertTrue(run(2, directory.toString(), directory.toString()).contains("more than one directory"));
        assertTrue(run(2, "--thread", "2").contains("unknown option '--thread'"));
        assertTrue(run(2, "--threads").contains("--threads wants a number from 1 to 64"));
        assertTrue(run(2, "--cache", "3").contains("--cache wants a number from 4 to 1024, not '3'"));
        assertTrue(run(2, "\0").contains("is no path"));
        assertTrue(run(0, "--help").contains("usage: "));
    }

    @Test
    @DisplayName("ends the JVM with 0, with 1 when nothing was recorded, with 2 when the arguments are wrong")
    void exitStatus() throws IOException, InterruptedException {
        fill();
        assertEquals(0, launch(List.of(), directory.toString()));
        final String report = Files.readString(output.resolve("out"));
        assertEquals(Set.of("inflate-plugin"), modules(report), report);
        assertEquals(1, launch(List.of("-Dcodetag.profiling=0"), directory.toString()));
        assertTrue(Files.readString(output.resolve("out")).contains("have no tag"));
        assertEquals(2, launch(List.of(), directory.resolve("missing").toString()));
        assertEquals(
                2, launch(List.of("-Dcodetag.storage=nonsense", "-Dcodetag.overflow=nonsense"), directory.toString()));
    }

    private void fill() throws IOException {
        final Random random = new Random(11);
        for (int i = 0; i < 20; i++) {
            Samples.file(directory.resolve("d" + i % 3 + "/f" + i), Samples.bytes(random, i * i * 1000));
        }
    }

    private static String run(int expectedStatus, String... arguments) {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        final int status = PageCacheMain.run(out, out, arguments);
        final String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(expectedStatus, status, text);
        return text;
    }

    private int launch(List<String> options, String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PageCacheMain.class.getName()));
        command.addAll(List.of(arguments));
        final File err = output.resolve("err").toFile();
        final int status = new ProcessBuilder(command)
                .redirectOutput(output.resolve("out").toFile())
                .redirectError(err)
                .start()
                .waitFor();
        assertFalse(Files.readString(err.toPath()).contains("WARNING: "), "the JVM warns of something");
        return status;
    }

    private static Set<String> modules(String report) {
        return Pattern.compile("\\[([^\\]]+)\\] func:")
                .matcher(report)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
