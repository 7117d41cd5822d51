package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Reading files through the cache")
class FileReaderTest {
    private static final int[] SIZES = {0, 1, 4095, 4096, 4097, 20_000, 32_768, 32_769, 131_072, 163_841, 400_000};
    private static final int THREADS = 4;

    @TempDir
    Path directory;

    @Test
    @DisplayName("gives the files' bytes to several threads while blocks are evicted under them")
    void bytesSurviveEviction() throws IOException {
        final long seed = 20_260_101;
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final List<byte[]> contents = new ArrayList<>();
        final List<SourceFile> files = new ArrayList<>();
        for (int size : SIZES) {
            contents.add(Samples.bytes(random, size));
            final Path path = Samples.file(directory.resolve("f" + size), contents.get(files.size()));
            files.add(new SourceFile(files.size(), path, size));
        }
        try (PagePool pool = new PagePool("reader test", 2 << 20);
                Workers workers = new Workers(THREADS)) {
            final PageCache cache = new PageCache(pool, 256 << 10);
            final List<Workers.Task> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                final long own = seed + thread;
                tasks.add(() -> readAtRandom(pool, cache, files, contents, new Random(own)));
                tasks.add(() -> readInOrder(pool, cache, files, contents));
            }
            workers.run(tasks);
            assertTrue(cache.facts().evictions() > 0, "the cache was too large for this test");
            assertTrue(cache.facts().bytes() <= 256 << 10, "larger than it may be");
            assertTrue(Balance.of(pool.allocator()).holds(), () -> "" + Balance.of(pool.allocator()));
            cache.close();
            files.forEach(SourceFile::close);
            assertEquals(0, pool.allocator().allocatedBytes());
        }
    }

    @Test
    @DisplayName("reads ahead in windows, whose blocks are trimmed at the end of the file")
    void windowsAreTrimmed() throws IOException {
        final int size = 5 * 32_768 + 5000; // a block on demand, a window of four, and two pages
        final Path path = Samples.file(directory.resolve("f"), new byte[size]);
        try (PagePool pool = new PagePool("window test", 1 << 20)) {
            final PageCache cache = new PageCache(pool, 1 << 20);
            try (SourceFile file = new SourceFile(0, path, size);
                    FileReader reader = new FileReader(pool, cache, file)) {
                reader.read(0, ByteBuffer.allocate(32_768 + 1));
                assertEquals(5 * 32_768, pool.allocator().allocatedBytes());
                reader.read(32_768 + 1, ByteBuffer.allocate(size));
                assertEquals(6, cache.facts().blocks());
                assertEquals(5 * 32_768 + 8192, pool.allocator().allocatedBytes());
            }
            assertTrue(Balance.of(pool.allocator()).holds(), () -> "" + Balance.of(pool.allocator()));
            cache.close();
        }
    }

    @Test
    @DisplayName("frees the pages again when the file turns out to be shorter")
    void shorterFile() throws IOException {
        final Path path = Samples.file(directory.resolve("f"), new byte[100_000]);
        try (PagePool pool = new PagePool("short test", 1 << 20)) {
            final PageCache cache = new PageCache(pool, 1 << 20);
            try (SourceFile file = new SourceFile(0, path, Files.size(path));
                    FileReader reader = new FileReader(pool, cache, file)) {
                Files.write(path, new byte[10]);
                assertThrows(EOFException.class, () -> reader.read(0, ByteBuffer.allocate(100)));
                assertEquals(0, pool.allocator().allocatedBytes());
            }
        }
    }

    private static void readAtRandom(
            PagePool pool, PageCache cache, List<SourceFile> files, List<byte[]> contents, Random random)
            throws IOException {
        for (int i = 0; i < 300; i++) {
            final SourceFile file = files.get(random.nextInt(files.size()));
            final byte[] content = contents.get((int) file.number());
            final int from = random.nextInt(content.length + 1);
            final int length = random.nextInt(70_000);
            final ByteBuffer target = ByteBuffer.allocate(length);
            try (FileReader reader = new FileReader(pool, cache, file)) {
                final int count = reader.read(from, target);
                assertEquals(Math.min(length, content.length - from), count);
                assertArrayEquals(Arrays.copyOfRange(content, from, from + count), part(target, count));
            }
        }
    }

    private static void readInOrder(PagePool pool, PageCache cache, List<SourceFile> files, List<byte[]> contents)
            throws IOException {
        for (SourceFile file : files) {
            final byte[] content = contents.get((int) file.number());
            final ByteBuffer target = ByteBuffer.allocate(10_000);
            try (FileReader reader = new FileReader(pool, cache, file)) {
                for (int at = 0; at < content.length; at += 10_000) {
                    final int count = reader.read(at, target.clear());
                    assertArrayEquals(Arrays.copyOfRange(content, at, at + count), part(target, count));
                }
            }
        }
    }

    private static byte[] part(ByteBuffer target, int count) {
        final byte[] part = new byte[count];
        target.get(0, part);
        return part;
    }
}
