package io.codetag.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Bad input ends every command with status 2 and one line that says what is wrong")
class BadInputTest {
    private static final String HEADER = "allocinfo - version: 2.0\n#     <size>  <calls> <tag info>\n";
    private static final String GOOD = HEADER + "          10        1 a/B.java:1 func:f \n";
    private static final String PLACE =
            "\"module\":null,\"class\":\"a.B\",\"file\":\"B.java\",\"path\":\"a/B.java\",\"line\":1,\"function\":\"f\"";

    /** What is in a file, and what the message says of it. */
    private static final Map<String, String> CONTENTS = Map.ofEntries(
            Map.entry("", "is empty"),
            Map.entry("hello\n", "line 1: no report begins with 'hello'"),
            Map.entry(
                    "\u0000\u0001\u001b[2J\u202e",
                    "line 1: no report begins with '\\000\\001\\033[2J\u00e2\\302\\200\u00ae'"),
            Map.entry("allocinfo - version: 3.0\n", "line 1: version '3.0'; accepted: 1.0 and 2.0"),
            Map.entry("allocinfo - vers", "line 1: expected 'allocinfo - version: 1.0'"),
            Map.entry("allocinfo - version: 2.0\n", "line 2: expected the line of columns"),
            Map.entry(GOOD.substring(0, GOOD.length() - 5), "line 3: the report is cut off"),
            Map.entry(HEADER + "ten 1 a/B.java:1 func:f \n", "line 3: expected live bytes, a whole number of 64 bits"),
            Map.entry(HEADER + "99999999999999999999 1 a/B.java:1 func:f \n", "line 3: expected live bytes"),
            Map.entry(HEADER + "10 -1 a/B.java:1 func:f \n", "line 3: expected live calls, a whole number, 0 or more"),
            Map.entry(HEADER + "10 1\n", "line 3: no place"),
            Map.entry(HEADER + "10 1 a/B.java func:f \n", "line 3: expected <path>:<line>, found 'a/B.java'"),
            Map.entry(HEADER + "10 1 a/B.java:-1 func:f \n", "line 3: expected a line number, 0 to 2147483647"),
            Map.entry(HEADER + "10 1 a/B.java:1 \n", "line 3: no function"),
            Map.entry(HEADER + "10 1 a/B.java:1 m func:f \n", "line 3: expected [<module>] or func:<name>, found 'm'"),
            Map.entry(HEADER + "10 1 a/B.java:1 func:f what \n", "line 3: expected a marker <key>:<value>"),
            Map.entry(HEADER + "10 1 a/B.java:1 func:f\\08 \n", "line 3: in the name 'f"),
            Map.entry("{\"version\":2,\"entries\":[]}", "line 1: version is 2; accepted: 1"),
            Map.entry("{\"version\":1,\"contentIdBefore\":0,", "no JSON: Unexpected end-of-input"),
            Map.entry("{\"version\":1,\"version\":1}", "line 1: "),
            Map.entry("{\"version\":1,\"contentIdBefore\":0,\"contentIdAfter\":0}", "no member 'entries'"),
            Map.entry(json("\"bytes\":-1,\"calls\":1"), "bytes"),
            Map.entry(json("\"bytes\":1,\"calls\":1.5"), "calls"),
            Map.entry(json("\"bytes\":1"), "calls"),
            Map.entry("{\"allocinfo-series\":2,", "allocinfo-series is 2; accepted: 1"),
            Map.entry("{\"allocinfo-series\":1,\"takenAt\":\"yesterday\"}\n", "takenAt is 'yesterday'"),
            Map.entry("FLR\u0000 and then something", "it.txt"));

    @TempDir
    private Path folder;

    private static String json(String counts) {
        return "{\"version\":1,\"contentIdBefore\":0,\"contentIdAfter\":0,\"entries\":[{" + PLACE + "," + counts
                + ",\"accurate\":true,\"unloaded\":false,\"declaration\":null}]}";
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("it.txt"), content);
    }

    private List<Ran> allReading(Object source) throws IOException {
        final Path good = Files.writeString(folder.resolve("good.txt"), GOOD);
        return List.of(
                Ran.allocinfo("show", source),
                Ran.allocinfo("diff", good, source),
                Ran.allocinfo("diff", source, good),
                Ran.allocinfo("convert", source, "--to", "json"),
                Ran.allocinfo("watch", source, "--count", 1),
                Ran.allocinfo("top", source, "--plain", "--count", 1),
                Ran.allocinfo("leaks", source),
                Ran.allocinfo("report", source),
                Ran.allocinfo("report", good, "--baseline", source),
                Ran.allocinfo("serve", source));
    }

    static Stream<Arguments> contents() {
        return CONTENTS.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("a file that is no whole report, with the line where it is wrong")
    @MethodSource("contents")
    void content(String content, String expected) throws IOException {
        final Path source = file(content);
        for (Ran ran : allReading(source)) {
            final String refusal = ran.refusal();
            assertTrue(refusal.startsWith(source.toString()), refusal);
            assertTrue(refusal.contains(expected), refusal);
        }
    }

    @Test
    @DisplayName("bytes that are not UTF-8")
    void notUtf8() throws IOException {
        final byte[] bytes = (HEADER + "10 1 a/\u00e4.java:1 func:f \n").getBytes(StandardCharsets.ISO_8859_1);
        final Path source = Files.write(folder.resolve("latin1.txt"), bytes);
        for (Ran ran : allReading(source)) {
            assertTrue(ran.refusal().contains("line 3: is not UTF-8 at byte 8"), ran::err);
        }
    }

    static Stream<Arguments> sources() {
        return Stream.of(
                Arguments.of("nothing.txt", "there is no file nothing.txt"),
                Arguments.of("no\nthing\u001b[2J", "there is no file no thing\\033[2J"),
                Arguments.of("4194305", "there is no process 4194305"),
                Arguments.of("127.0.0.1:0", "the port of 127.0.0.1:0 is 0; accepted: 1 to 65535"),
                Arguments.of("127.0.0.1:65536", "the port of 127.0.0.1:65536 is 65536; accepted: 1 to 65535"),
                Arguments.of("service:jmx:nonsense", "service:jmx:nonsense cannot be reached by JMX"));
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("a source that is not there")
    @MethodSource("sources")
    void absent(String source, String expected) throws IOException {
        for (Ran ran : allReading(source)) {
            final String refusal = ran.refusal();
            assertTrue(refusal.startsWith(expected), refusal);
        }
    }

    @Test
    @DisplayName("an address where nobody listens")
    void closedPort() throws IOException {
        final int port;
        try (ServerSocket closed = new ServerSocket()) {
            closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            port = closed.getLocalPort();
        }
        final String refusal = Ran.allocinfo("show", "127.0.0.1:" + port).refusal();
        assertTrue(refusal.startsWith("nothing can be reached at 127.0.0.1:" + port), refusal);
    }

    @Test
    @DisplayName("an address where somebody else listens")
    void notJmx() throws Exception {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            final Thread thread = new Thread(() -> answer(other), "no JMX agent");
            thread.setDaemon(true);
            thread.start();
            final String refusal =
                    Ran.allocinfo("show", "127.0.0.1:" + other.getLocalPort()).refusal();
            assertTrue(refusal.contains("cannot be reached by JMX"), refusal);
        }
    }

    private static void answer(ServerSocket server) {
        try {
            while (true) {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Test
    @DisplayName("a folder without recordings")
    void noRecordings() throws IOException {
        for (Ran ran : allReading(folder)) {
            assertTrue(ran.refusal().startsWith("there is no recording in " + folder), ran::err);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("leaves no file where there was none, and one that was there as it was")
    @ValueSource(strings = {"convert --to pprof", "convert --to json", "report", "watch --count 2"})
    void nothingHalf(String command) throws IOException {
        final Path source = file(GOOD.substring(0, GOOD.length() - 5));
        final Path absent = folder.resolve("absent");
        final Path present = Files.writeString(folder.resolve("present"), "{\"allocinfo-series\":1,precious\n");
        for (Path output : List.of(absent, present)) {
            final Object[] args = Stream.concat(Stream.of(command.split(" ")), Stream.of(source, "-o", output))
                    .toArray();
            assertTrue(Ran.allocinfo(args).refusal().contains("cut off"));
        }
        assertFalse(Files.exists(absent));
        assertEquals("{\"allocinfo-series\":1,precious\n", Files.readString(present));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("it.txt", "present"),
                    left.map(each -> each.getFileName().toString()).sorted().toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("an output that cannot be written, by its name")
    @ValueSource(strings = {"convert --to pprof", "report", "watch --count 2"})
    void unwritable(String command) throws IOException {
        final Path source = file(GOOD);
        for (Path output : List.of(folder.resolve("none").resolve("it"), folder)) {
            final Ran ran = Ran.allocinfo(Stream.concat(Stream.of(command.split(" ")), Stream.of(source, "-o", output))
                    .toArray());
            final String refusal = ran.refusal();
            assertTrue(refusal.startsWith(output.toString()), refusal);
            assertFalse(refusal.contains(".tmp"), refusal);
        }
    }

    @Test
    @DisplayName("watch appends to nothing that is no series")
    void notASeries() throws IOException {
        final Path source = file(GOOD);
        final Path notes = Files.writeString(folder.resolve("notes.txt"), "my notes\n");
        final String refusal =
                Ran.allocinfo("watch", source, "--count", 1, "-o", notes).refusal();
        assertTrue(refusal.contains("is no series, so nothing is appended to it"), refusal);
        assertEquals("my notes\n", Files.readString(notes));
    }

    static Stream<Arguments> usages() {
        return Stream.of(
                Arguments.of("what", "Unmatched argument at index 0: 'what'"),
                Arguments.of("show", "SOURCE (or --kernel) is missing; see 'allocinfo show --help'"),
                Arguments.of("show x --kernel", "SOURCE and --kernel exclude each other"),
                Arguments.of("show x --sort name", "accepted: bytes, calls, place"),
                Arguments.of("show x --top -1", "--top"),
                Arguments.of("show x --min lots", "--min"),
                Arguments.of("convert x", "Missing required option: '--to=FORM'"),
                Arguments.of(
                        "convert x --to xml", "accepted: text, text-1.0, text-2.0, json, csv, pprof, folded, series"),
                Arguments.of("top x --interval soon", "--interval"),
                Arguments.of("top x --sort place", "accepted: bytes, calls, growth, rate"),
                Arguments.of("leaks", "Missing required parameter: 'SOURCE'"),
                Arguments.of("leaks x --min-samples 2", "accepted: 3 or more"),
                Arguments.of("leaks x --min-kept 2", "accepted: 0 to 1"));
    }

    @ParameterizedTest(name = "allocinfo {0}")
    @DisplayName("arguments that make no sense, with where to find help")
    @MethodSource("usages")
    void usage(String arguments, String expected) {
        final String refusal = Ran.allocinfo((Object[]) arguments.split(" ")).refusal();
        assertTrue(refusal.contains(expected), refusal);
        assertTrue(refusal.matches(".*; see 'allocinfo[a-z ]* --help'"), refusal);
    }

    @Test
    @DisplayName("standard input that a command would have to read twice")
    void standardInputTwice() {
        final Ran ran = Ran.with(GOOD, "top", "-", "--plain", "--count", 2, "--interval", "50ms");
        assertEquals(2, ran.status());
        assertEquals(1, ran.err().lines().count(), ran::err);
        assertTrue(ran.err().contains("standard input can be read once only"), ran::err);
    }
}
