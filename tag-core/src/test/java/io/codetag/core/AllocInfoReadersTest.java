package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who read Linux' report read ours. */
@DisplayName("Readers of /proc/allocinfo")
class AllocInfoReadersTest {
    private static final long SEED = 4_711L;

    @TempDir
    Path folder;

    @Test
    @DisplayName("sort -g | tail | numfmt --to=iec shows the ten largest in human units, columns kept")
    void documentedPipeline() throws IOException, InterruptedException {
        UnixTools.assumeInstalled("sh", "sort", "tail", "numfmt");
        final AllocInfo info = random(500);
        assertEquals(expected(info), pipeline(info));
    }

    @Test
    @DisplayName("the same pipeline reads sizes that are wider than their column")
    void documentedPipelineHuge() throws IOException, InterruptedException {
        UnixTools.assumeInstalled("sh", "sort", "tail", "numfmt");
        final AllocInfo info = random(500, 60);
        assertEquals(expected(info).replaceAll("(?m)^ +", ""), pipeline(info));
    }

    private String pipeline(AllocInfo info) throws IOException, InterruptedException {
        final Path file = write(info, AllocInfoText.V2_0);
        final String shown = UnixTools.shell(folder, "sort -g | tail | numfmt --to=iec", file);
        assertEquals(10, shown.lines().count());
        return shown;
    }

    private static String expected(AllocInfo info) {
        final StringBuilder expected = new StringBuilder();
        final List<AllocEntry> top = info.top(10).entries();
        for (int i = top.size() - 1; i >= 0; i--) {
            AllocInfoText.appendHumanLine(expected, top.get(i));
            expected.append(" \n");
        }
        return expected.toString();
    }

    @Test
    @DisplayName("grep by function, by module and by marker find their lines")
    void grep() throws IOException, InterruptedException {
        UnixTools.assumeInstalled("sh", "grep");
        final Path file = write(random(500), AllocInfoText.V2_0);
        final long unloaded =
                random(500).entries().stream().filter(AllocEntry::unloaded).count();
        assertTrue(unloaded > 0);
        assertEquals("1\n", UnixTools.shell(folder, "grep -cw func:method17", file));
        assertEquals("250\n", UnixTools.shell(folder, "grep -cF '[plugin]'", file));
        assertEquals(unloaded + "\n", UnixTools.shell(folder, "grep -c ' state:unloaded $'", file));
    }

    @Test
    @DisplayName(
            "alloctop's rules (skip line 1 and #, three fields, unsigned numbers, the rest is the tag) lose nothing")
    void alloctop() throws IOException {
        final AllocInfo info = random(500);
        long size = 0;
        long calls = 0;
        int rows = 0;
        for (String line : Files.readAllLines(write(info, AllocInfoText.V2_0)).stream()
                .skip(1)
                .toList()) {
            final String[] fields = line.trim().split("\\s+", 3);
            if (!fields[0].equals("#")) {
                size += Long.parseUnsignedLong(fields[0]);
                calls += Long.parseUnsignedLong(fields[1]);
                assertTrue(fields[2].contains("func:"));
                rows++;
            }
        }
        assertEquals(500, rows);
        assertEquals(info.total().bytes(), size);
        assertEquals(info.total().calls(), calls);
    }

    @Test
    @DisplayName("a script that takes the last field for the function works with version 1.0")
    void lastFieldIsTheFunction() throws IOException {
        final AllocInfo info = random(500);
        final Map<String, Long> byFunction = new HashMap<>();
        for (String line : Files.readAllLines(write(info, AllocInfoText.V1_0))) {
            final String[] fields = line.trim().split("\\s+", -1);
            if (fields[0].chars().allMatch(Character::isDigit)) {
                byFunction.put(fields[fields.length - 1].split(":", 2)[1], Long.parseLong(fields[0]));
            }
        }
        assertEquals(500, byFunction.size());
        for (AllocEntry entry : info.entries()) {
            assertEquals(entry.bytes(), byFunction.get(entry.place().function()));
        }
    }

    private Path write(AllocInfo info, AllocInfoText version) throws IOException {
        final Path file = folder.resolve("allocinfo-" + version.version());
        try (OutputStream out = Files.newOutputStream(file)) {
            version.write(info, out);
        }
        return file;
    }

    /** Entries of up to 64 GiB. */
    private static AllocInfo random(int count) {
        return random(count, 36);
    }

    /** Entries with distinct sizes of every magnitude, every other one of a module. */
    private static AllocInfo random(int count, int bits) {
        System.out.println("seed " + SEED);
        final SplittableRandom random = new SplittableRandom(SEED);
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final String file = i % 3 == 0 ? "Two Words.java" : "Cache.java";
            final CodeTag place =
                    new CodeTag(i % 2 == 0 ? "plugin" : null, "com.acme.Cache", file, i + 1, "method" + i);
            final long bytes = (random.nextLong(1L << bits) >>> random.nextInt(bits - 5)) / 1024 * 1024 + i;
            final AllocEntry entry = ReportEntries.entry(place, bytes, random.nextLong(1L << 20));
            entries.add(random.nextInt(5) == 0 ? ReportEntries.unloaded(ReportEntries.doubtful(entry)) : entry);
        }
        return new AllocInfo(1, 1, entries);
    }
}
