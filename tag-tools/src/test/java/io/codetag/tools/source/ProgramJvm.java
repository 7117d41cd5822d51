package io.codetag.tools.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that runs {@link HoldingProgram}. */
public final class ProgramJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private ProgramJvm(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** Starts it and waits until it holds its first page. */
    public static ProgramJvm start(List<String> options, String... args) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HoldingProgram.class.getName()));
        command.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CODETAG_") || name.endsWith("_OPTIONS"));
        final ProgramJvm jvm = new ProgramJvm(builder.start());
        jvm.await("ready");
        return jvm;
    }

    public static ProgramJvm start() throws IOException {
        return start(List.of());
    }

    public long pid() {
        return process.pid();
    }

    /** Has it hold one page more. */
    public void hold() throws IOException {
        process.outputWriter().write('\n');
        process.outputWriter().flush();
        await("held");
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    private void await(String word) throws IOException {
        final StringBuilder before = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(word)) {
                return;
            }
            before.append(line).append('\n');
        }
        throw new AssertionError("the program ended\n" + before);
    }

    @Override
    public void close() {
        kill();
    }
}
