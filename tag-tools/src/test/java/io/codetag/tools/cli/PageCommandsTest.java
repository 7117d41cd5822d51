package io.codetag.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.tools.page.RawHttp;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The commands that draw")
class PageCommandsTest {
    private static final String HEADER = "allocinfo - version: 2.0\n#     <size>  <calls> <tag info>\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path older;
    private Path newer;

    @BeforeEach
    void write() throws IOException {
        older = Files.writeString(folder.resolve("older.txt"), HEADER + "          10        1 a/B.java:1 func:f \n");
        newer = Files.writeString(folder.resolve("newer.txt"), HEADER + "        4711        2 a/B.java:1 func:f \n");
    }

    private int run(OutputStream to, String... args) {
        return Commands.run(
                new Streams(InputStream.nullInputStream(), to, new PrintStream(err, true, StandardCharsets.UTF_8)),
                args);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("report writes one HTML file, or to standard output")
    void report() throws IOException {
        final Path html = folder.resolve("report.html");
        assertEquals(
                0, run(out, "report", newer.toString(), "-o", html.toString(), "--title", "my report"), this::errors);
        final String text = Files.readString(html);
        assertTrue(text.startsWith("<!DOCTYPE html>"));
        assertTrue(text.contains("<title>my report · codetag</title>"));
        assertTrue(text.contains("\"bytes\":[4711]"));
        assertFalse(text.contains("\"older\""));
        assertEquals(0, out.size());

        assertEquals(0, run(out, "report", newer.toString(), "--title", "my report"), this::errors);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"bytes\":[4711]"));
    }

    @Test
    @DisplayName("report compares with a baseline")
    void baseline() {
        assertEquals(0, run(out, "report", newer.toString(), "--baseline", older.toString()), this::errors);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"older\":{"));
    }

    @Test
    @DisplayName("report writes nothing and ends with 2 if something cannot be read")
    void badInput() throws IOException {
        final Path html = folder.resolve("report.html");
        final Path broken = Files.writeString(folder.resolve("broken.txt"), "allocinfo - version: 9.0\n");
        for (String[] args : new String[][] {
            {"report", broken.toString(), "-o", html.toString()},
            {"report", folder.resolve("none.txt").toString(), "-o", html.toString()},
            {"report", newer.toString(), "-b", broken.toString(), "-o", html.toString()},
            {"report", newer.toString(), "-b", "first", "-o", html.toString()},
            {"report", "-o", html.toString()},
        }) {
            err.reset();
            assertEquals(2, run(out, args), String.join(" ", args));
            assertFalse(errors().isBlank());
            assertFalse(Files.exists(html));
        }
    }

    @Test
    @DisplayName("serve says where the page is, and reads the source again for each request")
    void serve() throws IOException, InterruptedException, ExecutionException {
        try (PipedInputStream in = new PipedInputStream();
                PipedOutputStream to = new PipedOutputStream(in)) {
            final FutureTask<Integer> command = new FutureTask<>(() -> run(to, "serve", newer.toString()));
            final Thread thread = new Thread(command, "serve");
            thread.start();
            final URI uri =
                    URI.create(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine());
            assertTrue(RawHttp.ask(uri, "GET", "/allocinfo").text().contains(" 4711 "));
            Files.copy(older, newer, StandardCopyOption.REPLACE_EXISTING);
            assertEquals(
                    Files.readString(older),
                    RawHttp.ask(uri, "GET", "/allocinfo").text());
            Files.delete(newer);
            assertEquals(503, RawHttp.ask(uri, "GET", "/").status());
            thread.interrupt();
            assertEquals(0, command.get());
        }
    }

    @Test
    @DisplayName("serve ends with 2 if the port is in use, or is none")
    void serveRefused() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertEquals(2, run(out, "serve", newer.toString(), "--port", "" + other.getLocalPort()));
            assertTrue(errors().contains("take another port"), this::errors);
        }
        assertEquals(2, run(out, "serve", newer.toString(), "--port", "65536"));
        assertTrue(errors().contains("0 to 65535"), this::errors);
    }
}
