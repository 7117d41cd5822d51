package io.codetag.examples.pagecache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A directory for files of this run, gone afterwards.
 *
 * @param path where it is
 */
record TemporaryDirectory(Path path) implements AutoCloseable {
    /**
     * Makes one.
     *
     * @return an empty directory
     * @throws IOException if that is not possible
     */
    static TemporaryDirectory create() throws IOException {
        return new TemporaryDirectory(Files.createTempDirectory("codetag-pagecache-"));
    }

    /** Deletes the directory and the files in it; it has no directories in it. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
