package io.codetag.tools.jfr;

import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A JVM that runs {@link RecordedProgram} and records it. */
final class RecordedJvm implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Path folder;
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    /** Starts it in a folder, with its repository there; waits until it holds its first pages. */
    RecordedJvm(Path folder, String recordingOptions) throws IOException {
        this.folder = folder;
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                "-XX:FlightRecorderOptions:repository=" + folder.resolve("repository"),
                "-XX:StartFlightRecording:" + recordingOptions,
                "-cp",
                System.getProperty("java.class.path"),
                RecordedProgram.class.getName()));
        final ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CODETAG_") || name.endsWith("_OPTIONS"));
        process = builder.start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        await("ready");
    }

    /** The folder that the JVM makes its repository in. */
    Path repositories() {
        return folder.resolve("repository");
    }

    /** The repository: a folder named after time and process. */
    Path repository() throws IOException {
        try (var entries = Files.list(repositories())) {
            return entries.findFirst().orElseThrow();
        }
    }

    RecordedJvm tell(String command) throws IOException {
        in.write(command + '\n');
        in.flush();
        await("done");
        return this;
    }

    /** Reads the repository again and again until its last sample is as wanted. */
    List<Sample> readUntil(Predicate<Sample> wanted) throws Exception {
        final long end = System.nanoTime() + DEADLINE_NANOS;
        Object last = "";
        while (System.nanoTime() - end < 0) {
            try {
                final List<Sample> samples = JfrReports.read(repositories());
                if (wanted.test(samples.get(samples.size() - 1))) {
                    return samples;
                }
                last = samples.get(samples.size() - 1);
            } catch (ReportException notYet) {
                last = notYet;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not within two minutes; last: " + last);
    }

    /** Kills it as the kernel kills what takes too much memory. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Lets it end by itself. */
    void end() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("it does not end");
        }
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
