package io.codetag.tools.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.core.Profiler;
import io.codetag.jfr.JfrExport;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jdk.jfr.Recording;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is no whole recording of ours")
class DamagedRecordingTest {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int STATE_AT = 64;

    @TempDir
    private static Path folder;

    private static byte[] whole;

    @BeforeAll
    static void record() throws Exception {
        whole = record("one", "default");
        assertEquals(1, read(whole).size());
    }

    private static byte[] record(String... profilers) throws IOException {
        final Path file = Files.createTempFile(folder, "whole", ".jfr");
        final List<Profiler> open = new ArrayList<>();
        try (Recording recording = new Recording()) {
            recording.enable("io.codetag.AllocTag").with("period", "endChunk");
            recording.start();
            for (String name : profilers) {
                final Profiler profiler = Profiler.builder().name(name).build();
                profiler.here().charge(100);
                profiler.addListener(new JfrExport());
                profiler.flush();
                open.add(profiler);
            }
            recording.stop();
            recording.dump(file);
        } finally {
            open.forEach(Profiler::close);
        }
        return Files.readAllBytes(file);
    }

    private static Path write(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "recording", ".jfr"), bytes);
    }

    private static List<Sample> read(byte[] bytes) throws Exception {
        return JfrReports.read(write(bytes));
    }

    private static String refusal(Path path) {
        return assertTimeoutPreemptively(
                DEADLINE, () -> assertThrows(ReportException.class, () -> JfrReports.read(path))
                        .getMessage());
    }

    private static void assertRefused(String message, byte[] bytes) throws IOException {
        final String refusal = refusal(write(bytes));
        assertTrue(refusal.contains(message), refusal);
    }

    @Test
    @DisplayName("is refused where it is not there, is empty, or is another kind of file")
    void otherFiles() throws Exception {
        assertTrue(refusal(folder.resolve("absent.jfr")).startsWith("there is no "));
        assertRefused("nothing", new byte[0]);
        assertRefused("truncated", new byte[] {'F', 'L', 'R'});
        assertRefused("is no recording of Flight Recorder", new byte[1000]);
        final byte[] future = whole.clone();
        future[5] = 9;
        assertRefused("has version 9 of the format of Flight Recorder; accepted: 1, 2", future);
    }

    @Test
    @DisplayName("is refused where it holds no event of ours, and says what the program needs")
    void withoutOurEvents() throws Exception {
        try (Recording recording = new Recording()) {
            recording.start();
            recording.stop();
            final Path file = folder.resolve("foreign.jfr");
            recording.dump(file);
            final String refusal = refusal(file);
            assertTrue(refusal.contains("has no event io.codetag.AllocTag; the program needs codetag-jfr"), refusal);
        }
    }

    @Test
    @DisplayName("is refused where the mark at the end of a sample is not recorded")
    void withoutMark() throws Exception {
        try (Profiler profiler = Profiler.builder().name("unmarked").build();
                Recording recording = new Recording()) {
            recording.enable("io.codetag.AllocTag").with("period", "endChunk");
            recording.disable("io.codetag.AllocSample");
            recording.start();
            profiler.here().charge(1);
            profiler.addListener(new JfrExport());
            profiler.flush();
            recording.stop();
            final Path file = folder.resolve("unmarked.jfr");
            recording.dump(file);
            assertTrue(refusal(file).contains("has no whole sample"), () -> refusal(file));
        }
    }

    @Test
    @DisplayName("is refused where samples of several profilers do not tell which is meant")
    void severalProfilers() throws Exception {
        assertRefused("profilers [one, two]", record("one", "two"));
        assertEquals(100, read(record("three")).get(0).info().total().bytes());
    }

    @Test
    @DisplayName("is refused wherever it is cut off")
    void truncated() throws Exception {
        for (int i = 1; i <= 50; i++) {
            assertRefused("truncated", Arrays.copyOf(whole, (int) ((long) whole.length * i / 51)));
        }
    }

    @Test
    @DisplayName("is refused where something else follows")
    void trailing() throws Exception {
        assertRefused("truncated", Arrays.copyOf(whole, whole.length + 10));
        assertRefused("is damaged: no chunk begins at byte " + whole.length, Arrays.copyOf(whole, whole.length + 1000));
    }

    @Test
    @DisplayName("is refused, or read, but never hangs and never fails otherwise, whichever bytes are wrong")
    void corrupted() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            final byte[] corrupted = whole.clone();
            for (int wrong = random.nextInt(8); wrong >= 0; wrong--) {
                corrupted[random.nextInt(corrupted.length)] = (byte) random.nextInt();
            }
            assertTimeoutPreemptively(
                    DEADLINE,
                    () -> {
                        try {
                            read(corrupted);
                        } catch (ReportException refused) {
                            assertTrue(refused.getMessage().length() > 10);
                        }
                    },
                    () -> "seed " + seed);
        }
    }

    @Test
    @DisplayName("is read up to its last flush where its JVM was killed, also within the rewriting of the header")
    void unfinished() throws Exception {
        for (byte state : new byte[] {1, (byte) 255}) {
            final byte[] killed = Arrays.copyOf(whole, whole.length + 5000); // what was written and not flushed
            killed[STATE_AT] = state;
            assertEquals(read(whole), read(killed), "state " + state);
        }
    }

    @Test
    @DisplayName("in a repository: a chunk that was just begun is left out, after others in one file as well")
    void justBegun() throws Exception {
        final byte[] begun = Arrays.copyOf(whole, ChunkHeader.BYTES);
        begun[STATE_AT] = 1;
        Arrays.fill(begun, 8, 32, (byte) 0);
        assertRefused("nothing was flushed", begun);
        final Path repository = Files.createTempDirectory(folder, "repository");
        Files.write(repository.resolve("2026_01_01_00_00_00.jfr"), whole);
        Files.write(repository.resolve("2026_01_01_00_00_01.jfr"), begun);
        Files.write(repository.resolve("2026_01_01_00_00_02.jfr"), new byte[0]);
        assertEquals(read(whole), JfrReports.read(repository));
        final byte[] both = Arrays.copyOf(whole, whole.length + begun.length);
        System.arraycopy(begun, 0, both, whole.length, begun.length);
        assertEquals(read(whole), read(both));
    }

    @Test
    @DisplayName("is refused where a folder holds none, or those of several JVMs")
    void folders() throws Exception {
        final Path empty = Files.createTempDirectory(folder, "empty");
        Files.createDirectory(empty.resolve("sub"));
        assertTrue(refusal(empty).contains("there is no recording in "), () -> refusal(empty));
        final Path several = Files.createTempDirectory(folder, "several");
        for (String jvm : List.of("2026_01_01_00_00_00_17", "2026_01_02_00_00_00_18")) {
            Files.write(Files.createDirectory(several.resolve(jvm)).resolve("chunk.jfr"), whole);
        }
        assertTrue(refusal(several).contains("holds what 2 JVMs recorded; name one of ["), () -> refusal(several));
        assertTrue(refusal(several).contains("_17"), () -> refusal(several));
    }
}
