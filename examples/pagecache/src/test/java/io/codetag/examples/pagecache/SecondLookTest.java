package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The second look")
class SecondLookTest {
    @TempDir
    Path directory;

    private final Skips skips = new Skips();

    @Test
    @DisplayName("finds that bytes differ, unless the file was written meanwhile or is gone")
    void differs() throws IOException {
        final Path same = Samples.file(directory.resolve("same"), new byte[5000]);
        final Path other = Samples.file(directory.resolve("other"), new byte[5000]);
        final Path written = Samples.file(directory.resolve("written"), new byte[5000]);
        final Path gone = Samples.file(directory.resolve("gone"), new byte[5000]);
        try (PagePool pool = new PagePool("look test", 1 << 20);
                PageCache cache = new PageCache(pool, 1 << 20);
                Digests digests = new Digests(pool, cache, new LineProgress());
                Entries entries = new Entries(pool, cache, List.of());
                Workers workers = new Workers(2)) {
            final List<SourceFile> files = List.of(file(0, same), file(1, other), file(2, written), file(3, gone));
            for (SourceFile file : files) {
                digests.note(file);
            }
            final SecondLook look = new SecondLook(digests, entries, skips);
            assertEquals(4, look.choose(files).size());
            Files.write(other, new byte[] {1}, StandardOpenOption.WRITE);
            Files.setLastModifiedTime(other, FileTime.fromMillis(0));
            Files.write(written, new byte[] {1}, StandardOpenOption.WRITE);
            Files.setLastModifiedTime(written, FileTime.fromMillis(System.currentTimeMillis() + 1000));
            Files.delete(gone);
            while (cache.evictOne()) {
                // until all has to be read anew
            }
            look.compare(files, workers);
            assertEquals(1, look.mismatches());
            assertEquals(5000, look.comparedBytes());
            assertEquals(1, skips.count("written between two looks"));
            assertEquals(1, skips.count("gone"));
            files.forEach(SourceFile::close);
        }
    }

    private static SourceFile file(long number, Path path) throws IOException {
        return new SourceFile(number, path, Files.size(path));
    }
}
