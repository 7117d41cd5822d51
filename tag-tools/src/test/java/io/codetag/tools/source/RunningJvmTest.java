package io.codetag.tools.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.tools.cli.Commands;
import io.codetag.tools.cli.Ran;
import io.codetag.tools.cli.Streams;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A running JVM as a source")
class RunningJvmTest {
    private static final String PLACE = "io/codetag/tools/source/HoldingProgram.java:";

    @TempDir
    private Path folder;

    private static String held(long pages) {
        return String.format("%12d %8d %s", pages * HoldingProgram.PAGE, pages, PLACE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return free.getLocalPort();
        }
    }

    @Test
    @DisplayName("is read by its process id, each time anew")
    void byPid() throws Exception {
        try (ProgramJvm jvm = ProgramJvm.start()) {
            final String first =
                    Ran.allocinfo("convert", jvm.pid(), "--to", "text").out();
            assertTrue(first.contains(held(1)) && first.endsWith(" func:hold \n"), first);
            final Path before = Files.writeString(folder.resolve("before.txt"), first);
            jvm.hold();
            final String second =
                    Ran.allocinfo("convert", jvm.pid(), "--to", "text").out();
            assertTrue(second.contains(held(2)), second);
            final List<String> diff = Ran.allocinfo("diff", before, jvm.pid()).lines();
            assertTrue(diff.get(2).matches(" *\\+4096 +\\+1 +8192  grew +" + PLACE + "\\d+ func:hold"), diff::toString);
        }
    }

    @Test
    @DisplayName("is read by the address of its JMX agent, and by its service URL")
    void byAddress() throws Exception {
        final int port = freePort();
        final List<String> options = List.of(
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.rmi.port=" + port,
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1");
        try (ProgramJvm jvm = ProgramJvm.start(options)) {
            assertTrue(jvm.pid() > 0);
            final String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi";
            for (String address : List.of("127.0.0.1:" + port, "localhost:" + port, url)) {
                final String text =
                        Ran.allocinfo("convert", address, "--to", "text").out();
                assertTrue(text.contains(held(1)), text);
            }
        }
    }

    @Test
    @DisplayName("without a profiler is refused, and says what is missing")
    void withoutProfiler() throws Exception {
        try (ProgramJvm jvm = ProgramJvm.start(List.of(), "plain")) {
            final String refusal = Ran.allocinfo("show", jvm.pid()).refusal();
            assertTrue(refusal.startsWith("process " + jvm.pid() + " runs no codetag profiler"), refusal);
        }
    }

    @Test
    @DisplayName("with several profilers asks which, and takes the one that is named")
    void severalProfilers() throws Exception {
        try (ProgramJvm jvm = ProgramJvm.start(List.of(), "two")) {
            final String which = Ran.allocinfo("show", jvm.pid()).refusal();
            assertTrue(which.endsWith("has 2 profilers; choose one with --profiler: default, second"), which);
            final String none =
                    Ran.allocinfo("show", jvm.pid(), "--profiler", "third").refusal();
            assertTrue(none.endsWith("has no profiler 'third'; it has: default, second"), none);
            final List<String> lines =
                    Ran.allocinfo("show", jvm.pid(), "--profiler", "default").lines();
            assertTrue(lines.get(0).startsWith("1 tag owns 4,096 bytes"), lines::toString);
        }
    }

    @Test
    @DisplayName("that lets nobody attach is refused, and says how else it could be read")
    void attachDisabled() throws Exception {
        final String property = "sun.tools.attach.attachTimeout"; // or the test would last ten seconds
        System.setProperty(property, "300");
        try (ProgramJvm jvm = ProgramJvm.start(List.of("-XX:+DisableAttachMechanism"))) {
            final String refusal = Ran.allocinfo("show", jvm.pid()).refusal();
            assertTrue(refusal.startsWith("process " + jvm.pid() + " cannot be attached to: "), refusal);
            assertTrue(refusal.endsWith("else give it a JMX port and use host:port"), refusal);
            jvm.hold(); // it goes on
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("is never mistaken: a process that is no JVM is left in peace")
    void noJvm() throws Exception {
        final Process other = new ProcessBuilder("sleep", "600").start();
        try {
            final String refusal = Ran.allocinfo("show", other.pid()).refusal();
            assertEquals("process " + other.pid() + " is no JVM", refusal);
            assertFalse(other.waitFor(200, TimeUnit.MILLISECONDS), "attaching would have ended it");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("is never mistaken: process 1, of whomever it is, is refused in one line")
    void processOne() {
        final String refusal = Ran.allocinfo("show", 1).refusal();
        assertTrue(refusal.startsWith("process 1 "), refusal);
    }

    @Test
    @DisplayName("that goes away ends watch with status 2; the samples taken are kept, whole")
    void goneWhileWatched() throws Exception {
        final Path series = folder.resolve("series.jsonl");
        final Ran ran = endWhile("watch", "--interval", "50ms", "-q", "-o", series.toString());
        assertEquals(2, ran.status(), ran::toString);
        assertTrue(ran.refusal().contains(" does not answer any more: it has ended"), ran::toString);
        assertTrue(Files.readString(series).endsWith("}\n"));
        assertTrue(Ran.allocinfo("show", series).out().startsWith("1 tag owns 4,096 bytes"));
    }

    @Test
    @DisplayName("that goes away ends top with status 2, after the tables that were shown")
    void goneWhileShown() throws Exception {
        final Ran ran = endWhile("top", "--interval", "50ms", "--plain");
        assertEquals(2, ran.status(), ran::toString);
        assertEquals(1, ran.err().lines().count(), ran::toString);
        assertTrue(ran.err().contains(" does not answer any more: it has ended"), ran::toString);
    }

    /** Runs a command against a JVM that is killed after a moment in which the command read it. */
    private Ran endWhile(String command, String... options) throws Exception {
        try (ProgramJvm jvm = ProgramJvm.start()) {
            final String[] args = new String[options.length + 2];
            args[0] = command;
            args[1] = Long.toString(jvm.pid());
            System.arraycopy(options, 0, args, 2, options.length);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            final ByteArrayOutputStream err = new ByteArrayOutputStream();
            final FutureTask<Integer> run = new FutureTask<>(() -> Commands.run(
                    new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8)),
                    args));
            new Thread(run, command).start();
            final Path series = folder.resolve("series.jsonl");
            final long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (out.size() == 0 && !(Files.exists(series) && Files.size(series) > 0)) {
                assertFalse(run.isDone() || System.nanoTime() > deadline, err::toString);
                Thread.sleep(10);
            }
            jvm.kill();
            final int status = run.get(1, TimeUnit.MINUTES);
            return new Ran(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    @DisplayName("shows growth and rate in plain tables where there is no terminal")
    void plainTables() throws Exception {
        try (ProgramJvm jvm = ProgramJvm.start();
                PipedInputStream in = new PipedInputStream(1 << 16);
                PipedOutputStream out = new PipedOutputStream(in);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            final ByteArrayOutputStream err = new ByteArrayOutputStream();
            final FutureTask<Integer> top = new FutureTask<>(() -> Commands.run(
                    new Streams(InputStream.nullInputStream(), out, new PrintStream(err, true, StandardCharsets.UTF_8)),
                    "top",
                    Long.toString(jvm.pid()),
                    "--plain",
                    "--interval",
                    "500ms",
                    "--sort",
                    "growth"));
            final Thread thread = new Thread(top, "top");
            thread.start();
            String first = "";
            while (!first.contains("HoldingProgram")) {
                first = lines.readLine();
            }
            assertTrue(first.matches(" *4096 +1 +0 +0  " + PLACE + "\\d+ func:hold"), first);
            jvm.hold();
            String second = "";
            while (!second.contains(" 8192 ")
                    || !second.contains("HoldingProgram")) { // a table before it may still tell of one page
                second = lines.readLine();
            }
            assertTrue(second.matches(" *8192 +2 +\\+4096 +\\+[1-9]\\d* +" + PLACE + "\\d+ func:hold"), second);
            thread.interrupt();
            thread.join(TimeUnit.MINUTES.toMillis(1));
            assertTrue(top.isDone());
        }
    }
}
