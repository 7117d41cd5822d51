package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.examples.leakhunt.LeakHuntMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example leakhunt in a process of its own, and what it has said so far. */
final class LeakHunt implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("listening http://(127\\.0\\.0\\.1:\\d+) .*");

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Map<String, Instant> said = new ConcurrentHashMap<>(); // by the first word of a line

    private LeakHunt(Process process) {
        this.process = process;
        final Thread reader = new Thread(this::read, "what leakhunt says");
        reader.setDaemon(true);
        reader.start();
    }

    static LeakHunt start(String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LeakHuntMain.class.getName()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CODETAG_") || name.endsWith("_OPTIONS"));
        return new LeakHunt(builder.start());
    }

    /** Returns its address, which is what Prometheus calls an instance. */
    String instance() throws Exception {
        await("listening");
        final Matcher address = ADDRESS.matcher(text());
        if (!address.find()) {
            throw new AssertionError(text());
        }
        return address.group(1);
    }

    /** Waits for the first line that begins with a word, and returns when it was read. */
    Instant await(String word) throws Exception {
        return Waiting.until("leakhunt says " + word + "; it said:\n" + text(), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("leakhunt has ended: " + text());
            }
            return Optional.ofNullable(said.get(word));
        });
    }

    String get(String path) throws Exception {
        final HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + instance() + path))
                .build();
        final HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), path);
        return response.body();
    }

    private String text() {
        return String.join("\n", lines);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                said.putIfAbsent(line.split(" ", 2)[0], Instant.now());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
