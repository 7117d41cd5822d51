package io.codetag.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs the programs that read reports. */
final class UnixTools {
    private UnixTools() {}

    /** Skips the test unless all of these programs are installed. */
    static void assumeInstalled(String... programs) {
        final String path = System.getenv().getOrDefault("PATH", "");
        for (String program : programs) {
            assumeTrue(
                    Arrays.stream(path.split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                    program + " is not installed");
        }
    }

    /** Runs a line of shell with a file on its standard input and returns what it prints. */
    static String shell(Path folder, String line, Path input) throws IOException, InterruptedException {
        final Path output = Files.createTempFile(folder, "out", ".txt");
        final Path errors = Files.createTempFile(folder, "err", ".txt");
        final ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("LC_ALL", "C");
        assertEquals(0, builder.start().waitFor(), () -> line + " failed: " + read(errors));
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
