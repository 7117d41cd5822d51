package io.codetag.benchmarks.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs of this module in JVMs of their own, with the same JDK and class path. */
public final class Forks {
    private Forks() {}

    /**
     * Runs a program and reads the rows it prints.
     *
     * @param program its class
     * @param options options of its JVM
     * @param arguments its arguments
     * @return the rows
     */
    public static List<Row> rows(Class<?> program, List<String> options, String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        program.getName() + " " + List.of(arguments) + " ended with status " + status);
            }
            return output.lines()
                    .filter(line -> !line.startsWith("#")) // libraries talk too
                    .map(Row::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a program ran", e);
        }
    }
}
