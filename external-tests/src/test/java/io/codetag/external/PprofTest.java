package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.pprof.PprofWriter;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Go's pprof reads our profiles")
class PprofTest {
    private static final CodeTag READ_AHEAD =
            new CodeTag(null, "com.acme.cache.PageCache", "PageCache.java", 214, "readAhead");
    private static final CodeTag READ_AHEAD_TAIL =
            new CodeTag(null, "com.acme.cache.PageCache", "PageCache.java", 230, "readAhead");
    private static final CodeTag INFLATE = new CodeTag("zip-plugin", "com.acme.plugin.Zip", "Zip.java", 94, "<clinit>");

    @TempDir
    private static Path folder;

    private static AllocEntry entry(CodeTag place, long bytes, long calls) {
        return new AllocEntry(0, place, null, new AllocCounts(bytes, calls), true, false);
    }

    private static Path profile(AllocEntry... entries) throws IOException {
        final Path file = Files.createTempFile(folder, "heap", ".pb.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            PprofWriter.write(
                    new Sample(Instant.parse("2026-03-04T05:06:07Z"), new AllocInfo(1, 1, List.of(entries))), out);
        }
        return file;
    }

    private static Path acme() throws IOException {
        return profile(entry(READ_AHEAD, 151_552, 37), entry(INFLATE, 81_920, 20), entry(READ_AHEAD_TAIL, 4096, 1));
    }

    /** Runs pprof to its end and returns what it wrote; it must not have complained. */
    private static List<String> pprof(Path profile, String... options) throws Exception {
        final List<String> command =
                new ArrayList<>(List.of(ExternalProgram.GO.require().toString(), "tool", "pprof"));
        command.addAll(List.of(options));
        command.add(profile.toString());
        final Path out = Files.createTempFile(folder, "pprof", ".out");
        final Path err = Files.createTempFile(folder, "pprof", ".err");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        final String home = folder.toString();
        builder.environment()
                .putAll(Map.of(
                        "GOTOOLCHAIN",
                        "local",
                        "GOPROXY",
                        "off",
                        "GOFLAGS",
                        "-mod=mod",
                        "TZ",
                        "UTC",
                        "HOME",
                        home,
                        "GOCACHE",
                        home,
                        "PPROF_TMPDIR",
                        home,
                        "PPROF_BINARY_PATH",
                        home));
        final Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(300, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        assertEquals(0, process.exitValue(), () -> command + "\n" + read(err));
        assertEquals("", read(err));
        return Files.readAllLines(out);
    }

    /** Returns what stands below the heading of a table, one line a node. */
    private static List<String> nodes(List<String> out) {
        final int heading = IntStream.range(0, out.size())
                .filter(i -> out.get(i).matches(" *flat +flat% +sum% +cum +cum%"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out.toString()));
        return out.subList(heading + 1, out.size());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("-top: bytes by function, largest first, with nobody asking for a sample type")
    void top() throws Exception {
        final List<String> out = pprof(acme(), "-top", "-unit=B");
        assertEquals("File: core", out.get(0));
        assertEquals("allocinfo: exact, every live allocation is counted", out.get(1));
        assertEquals("Type: inuse_space", out.get(2));
        assertTrue(out.get(3).startsWith("Time: Mar 4, 2026 at 5:06am"), out.get(3));
        assertEquals("Showing nodes accounting for 237568B, 100% of 237568B total", out.get(4));
        final List<String> nodes = nodes(out);
        assertEquals(2, nodes.size(), out::toString);
        assertTrue(
                nodes.get(0).matches(" *155648B +65\\.52% .* com\\.acme\\.cache\\.PageCache\\.readAhead"),
                out::toString);
        assertTrue(nodes.get(1).matches(" *81920B +34\\.48% .* com\\.acme\\.plugin\\.Zip\\.<clinit>"), out::toString);
    }

    @Test
    @DisplayName("-lines: the lines of one function apart, with file and line")
    void lines() throws Exception {
        final List<String> nodes = nodes(pprof(acme(), "-top", "-lines", "-unit=B"));
        assertTrue(nodes.get(0).matches(" *151552B .*PageCache\\.readAhead com/acme/cache/PageCache\\.java:214"));
        assertTrue(nodes.get(1).matches(" *81920B .*Zip\\.<clinit> com/acme/plugin/Zip\\.java:94"), nodes.get(1));
        assertTrue(nodes.get(2).matches(" *4096B .*PageCache\\.readAhead com/acme/cache/PageCache\\.java:230"));
    }

    @Test
    @DisplayName("-sample_index=inuse_objects: live calls")
    void objects() throws Exception {
        final List<String> out = pprof(acme(), "-top", "-sample_index=inuse_objects");
        assertTrue(out.contains("Type: inuse_objects"), out::toString);
        assertTrue(nodes(out).get(0).matches(" *38 +65\\.52% .*readAhead"), out::toString);
        assertTrue(nodes(out).get(1).matches(" *20 +34\\.48% .*"), out::toString);
    }

    @Test
    @DisplayName("-raw: every field arrives, and each location has its mapping")
    void raw() throws Exception {
        final List<String> out = pprof(acme(), "-raw");
        assertTrue(out.contains("PeriodType: space bytes"), out::toString);
        assertTrue(out.contains("Period: 1"), out::toString);
        assertTrue(out.contains("inuse_objects/count inuse_space/bytes[dflt]"), out::toString);
        assertTrue(out.stream().anyMatch(line -> line.matches(" *37 +151552: 1 *")), out::toString);
        assertTrue(
                out.stream()
                        .anyMatch(line -> line.matches(" *2: 0x0 M=2 com\\.acme\\.plugin\\.Zip\\.<clinit>"
                                + " com/acme/plugin/Zip\\.java:94 s=94\\(com\\.acme\\.plugin\\.Zip#<clinit>\\)")),
                out::toString);
        assertTrue(out.stream().anyMatch(line -> line.startsWith("1: 0x0/0x0/0x0 core")), out::toString);
        assertTrue(out.stream().anyMatch(line -> line.startsWith("2: 0x0/0x0/0x0 zip-plugin")), out::toString);
        assertTrue(out.stream().filter(line -> line.contains(": 0x0 ")).allMatch(line -> line.contains(" M=")));
    }

    @Test
    @DisplayName("-tagfocus: what one module owns")
    void focus() throws Exception {
        final List<String> out = pprof(acme(), "-top", "-unit=B", "-tagfocus=module=zip-plugin");
        assertTrue(out.stream().anyMatch(line -> line.matches(" *81920B .*Zip\\.<clinit>")), out::toString);
        assertTrue(out.stream().noneMatch(line -> line.contains("readAhead")), out::toString);
    }

    @Test
    @DisplayName("-diff_base: what grew between two profiles")
    void diff() throws Exception {
        final Path older = profile(entry(READ_AHEAD, 51_552, 7), entry(INFLATE, 81_920, 20));
        final List<String> out = pprof(acme(), "-top", "-lines", "-unit=B", "-diff_base=" + older);
        assertTrue(out.stream().anyMatch(line -> line.matches(" *100000B .*PageCache\\.java:214")), out::toString);
        assertTrue(out.stream().anyMatch(line -> line.matches(" *4096B .*PageCache\\.java:230")), out::toString);
        assertTrue(out.stream().noneMatch(line -> line.contains("Zip") && !line.matches(" *0 .*")), out::toString);
    }

    @Test
    @DisplayName("an empty report: valid, and nothing in it")
    void empty() throws Exception {
        final List<String> out = pprof(profile(), "-raw");
        assertTrue(out.contains("inuse_objects/count inuse_space/bytes[dflt]"), out::toString);
    }

    @Test
    @DisplayName("hostile names: one line each, and no control character reaches the terminal")
    void hostileNames() throws Exception {
        final CodeTag hostile = new CodeTag(
                "../../etc", "com.acme.\u001B[2J\nEvil", "\u00C4rger\u202E.java", 1, "_Z3foov<script>\uD800\"'");
        final List<String> out = nodes(pprof(profile(entry(hostile, 4096, 1)), "-top", "-lines"));
        assertEquals(1, out.size(), out::toString);
        final String name = "com.acme.\\033[2J\\012Evil._Z3foov<script>\\355\\240\\200\"'";
        assertTrue(out.get(0).endsWith(' ' + name + " com/acme/\u00C4rger\\342\\200\\256.java:1"), out.get(0));
    }

    @Test
    @DisplayName("200 000 tags: their sum")
    void manyTags() throws Exception {
        final AllocEntry[] entries = IntStream.rangeClosed(1, 200_000)
                .mapToObj(i -> entry(
                        new CodeTag("module-" + i % 100, "com.acme.C" + i % 5000, "C" + i % 5000 + ".java", i, "f"),
                        4096,
                        1))
                .toArray(AllocEntry[]::new);
        final List<String> out = pprof(profile(entries), "-top", "-unit=B", "-nodecount=3", "-nodefraction=0");
        assertTrue(out.stream().anyMatch(line -> line.contains("of 819200000B total")), out::toString);
        assertTrue(out.get(out.size() - 1).matches(" *163840B .* com\\.acme\\.C\\d+\\.f"), out::toString);
    }
}
