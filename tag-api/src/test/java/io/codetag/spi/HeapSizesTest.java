package io.codetag.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** Compared with JOL, in this JVM and in JVMs that lay objects out otherwise. */
class HeapSizesTest {
    @Test
    @DisplayName("arrays and objects take what JOL says they take")
    void sameAsJol() {
        assertEquals(List.of(), differences());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:-UseCompressedOops",
                "-XX:-UseCompressedClassPointers",
                "-XX:-UseCompressedOops -XX:-UseCompressedClassPointers",
                "-XX:ObjectAlignmentInBytes=16",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx40g"
            })
    @DisplayName("they do in a JVM that lays objects out otherwise")
    void sameAsJolElsewhere(String flags) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-XX:+IgnoreUnrecognizedVMOptions"); // compact headers came with 24
        command.addAll(
                List.of("-Djol.skipDynamicAttach=true", "-Djol.skipHotspotSAAttach=true", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Elsewhere.class.getName()));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), output);
        assertTrue(output.contains("differences: []"), flags + ": " + output);
    }

    private static List<String> differences() {
        final List<String> differences = new ArrayList<>();
        for (int length : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 100, 8_192}) {
            compare(differences, HeapSizes.array(length, 1), new byte[length], length);
            compare(differences, HeapSizes.array(length, 2), new char[length], length);
            compare(differences, HeapSizes.array(length, 4), new int[length], length);
            compare(differences, HeapSizes.array(length, 8), new long[length], length);
            compare(differences, HeapSizes.references(length), new Object[length], length);
        }
        compare(differences, HeapSizes.object(0), new Object(), 0);
        compare(differences, HeapSizes.object(1), new OneByte(), 1);
        compare(differences, HeapSizes.object(8), new OneLong(), 8);
        compare(differences, HeapSizes.object(12), new LongAndInt(), 12);
        compare(differences, HeapSizes.object(HeapSizes.referenceBytes() + 9), new Mixed(), 9);
        return differences;
    }

    private static void compare(List<String> differences, long bytes, Object object, int length) {
        final long actual = GraphLayout.parseInstance(object).totalSize();
        if (actual != bytes) {
            differences.add(object.getClass().getSimpleName() + " " + length + ": " + bytes + " instead of " + actual);
        }
    }

    /** Runs in a JVM of its own. */
    static final class Elsewhere {
        private Elsewhere() {}

        public static void main(String[] args) {
            System.out.println("differences: " + differences());
        }
    }

    @SuppressWarnings("UnusedVariable")
    private static final class OneByte {
        private byte value;
    }

    @SuppressWarnings("UnusedVariable")
    private static final class OneLong {
        private long value;
    }

    @SuppressWarnings("UnusedVariable")
    private static final class LongAndInt {
        private long value;
        private int other;
    }

    @SuppressWarnings("UnusedVariable")
    private static final class Mixed {
        private Object reference;
        private long value;
        private boolean other;
    }
}
