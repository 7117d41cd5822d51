package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.core.AllocEntry;
import io.codetag.core.Profiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Reading archives")
class ArchivesTest {
    private static final byte[] JMOD_FRONT = {'J', 'M', 1, 0};
    private static final int[] LENGTHS = {1, 100, 4096, 5000, 60_000, 200_000};

    @TempDir
    Path directory;

    private final Random random = new Random(42);
    private final PagePool pool = new PagePool("archive test", 8 << 20);
    private final PageCache cache = new PageCache(pool, 4 << 20);
    private final Skips skips = new Skips();
    private final List<SourceFile> files = new ArrayList<>();
    private final Workers workers = new Workers(2);
    private Entries entries = new Entries(pool, cache, List.of());
    private Archives archives = new Archives(pool, cache, entries, new LineProgress(), skips);

    @BeforeEach
    void showSeed() {
        System.out.println("seed 42");
    }

    @AfterEach
    void everythingIsGivenBack() {
        assertTrue(Balance.of(pool.allocator()).holds(), () -> "" + Balance.of(pool.allocator()));
        workers.close();
        archives.close();
        entries.close();
        cache.close();
        files.forEach(SourceFile::close);
        assertEquals(0, pool.allocator().allocatedBytes());
        pool.close();
    }

    @Test
    @DisplayName("finds every entry of a jmod behind its four bytes, under the jmod's own tag")
    void jmod() throws IOException {
        read("a.jmod", Samples.zip(random, JMOD_FRONT, LENGTHS));
        assertEquals(0, skips.count(), skips::toString);
        assertEquals(LENGTHS.length + 1, entries.count());
        assertEquals(1 + 100 + 4096 + 5000 + 60_000 + 200_000 + 5000, archives.inflatedBytes());
        assertTrue(liveBytes("HostInflater.java", "[]") >= 270_000);
        for (long number = 0; number < entries.count(); number++) {
            assertTrue(entries.compareCached(number) >= 0, "entry " + number + " differs in the cache");
        }
    }

    @Test
    @DisplayName("gives zip, jar and jmod entries lines of their own")
    void threeKinds() throws IOException {
        read("a.zip", Samples.zip(random, new byte[0], LENGTHS));
        read("a.jar", Samples.zip(random, new byte[77], LENGTHS));
        read("a.jmod", Samples.zip(random, JMOD_FRONT, LENGTHS));
        assertEquals(0, skips.count(), skips::toString);
        final long lines = Profiler.get().snapshot().entries().stream()
                .filter(entry -> entry.place().path().endsWith("/HostInflater.java"))
                .filter(entry -> entry.counts().bytes() > 0)
                .count();
        assertEquals(3, lines);
    }

    @Test
    @DisplayName("has large entries inflated by the plugin, whose lines carry its name")
    void plugin() throws IOException {
        try (Plugins plugins = Plugins.load(directory, pool)) {
            entries.close();
            archives.close();
            entries = new Entries(pool, cache, plugins.inflaters());
            archives = new Archives(pool, cache, entries, new LineProgress(), skips);
            read("a.jar", Samples.zip(random, new byte[0], LENGTHS));
            assertEquals(0, skips.count(), skips::toString);
            final long pieces = 65_536 + 3 * 65_536 + 4096; // of 60 000 and of 200 000 bytes, the last one trimmed
            final long inputBuffer = 16_384;
            assertEquals(pieces + inputBuffer, liveBytes("LargeEntryInflater.java", "inflate-plugin"));
        }
    }

    @Test
    @DisplayName("skips and counts a damaged entry, a damaged archive and a file that only looks like one")
    void damaged() throws IOException {
        final byte[] good = Samples.zip(random, new byte[0], 50_000, 60_000);
        final byte[] flipped = good.clone();
        flipped[10_000] ^= 0x55;
        read("entry.zip", flipped);
        assertEquals(1, skips.count(), skips::toString);
        assertEquals(3, entries.count(), "the others are read all the same");
        final byte[] noDirectory = good.clone();
        noDirectory[good.length - 22 + 16] ^= 0x40;
        read("directory.zip", noDirectory);
        assertEquals(2, skips.count(), skips::toString);
        read("text.jar", new byte[1000]);
        read("empty.jar", new byte[0]);
        assertEquals(2, skips.count("no zip file"), skips::toString);
    }

    @Test
    @DisplayName("skips and counts an archive that is gone when its turn comes")
    void gone() throws IOException {
        final SourceFile file = new SourceFile(0, directory.resolve("gone.jar"), 1000);
        files.add(file);
        archives.read(List.of(file), workers);
        assertEquals(1, skips.count("gone"), skips::toString);
    }

    private void read(String name, byte[] content) throws IOException {
        final Path path = Samples.file(directory.resolve(name), content);
        final SourceFile file = new SourceFile(files.size(), path, Files.size(path));
        files.add(file);
        archives.read(List.of(file), workers);
    }

    private static long liveBytes(String file, String module) {
        return Profiler.get().snapshot().entries().stream()
                .filter(entry -> entry.place().path().endsWith("/" + file))
                .filter(entry ->
                        module.equals("[]") || module.equals(entry.place().module()))
                .map(AllocEntry::counts)
                .mapToLong(counts -> counts.bytes())
                .sum();
    }
}
