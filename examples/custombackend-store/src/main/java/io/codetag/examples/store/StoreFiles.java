package io.codetag.examples.store;

import io.codetag.spi.StoreRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Which file an allocator's references go to. Never overwrites a file that this backend did not write. */
final class StoreFiles {
    private static final int MAX_FILES = 1000;

    private StoreFiles() {}

    /** Returns the file that an allocator would get if nobody else had taken it. */
    static Path fileOf(StoreRequest request) {
        return numbered(request, 1);
    }

    /** Says why no file can be made; null if one can. */
    static @Nullable String objection(StoreRequest request) {
        final Path file = fileOf(request);
        final Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return directory + " is no directory that can be written to; set " + MappedFileStoreProvider.FILE_PROPERTY;
        }
        try {
            mayReplace(file);
            return null;
        } catch (IOException foreign) {
            return foreign.getMessage() + "; move it away or set " + MappedFileStoreProvider.FILE_PROPERTY;
        }
    }

    /**
     * Creates the file. One that a dead process left behind is kept under the ending {@code .previous}; one that a
     * living process writes is left alone, and the next number taken.
     */
    static Path create(StoreRequest request) {
        try {
            for (int number = 1; number <= MAX_FILES; number++) {
                final Path file = numbered(request, number);
                if (mayReplace(file) && createNew(file)) {
                    return file;
                }
            }
            throw new IOException("there are " + MAX_FILES + " living files beside " + fileOf(request));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot create " + fileOf(request), failure);
        }
    }

    private static boolean createNew(Path file) throws IOException {
        try {
            if (Files.exists(file)) {
                final Path previous = file.resolveSibling(file.getFileName() + ".previous");
                Files.move(file, previous, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.createFile(file);
            return true;
        } catch (FileAlreadyExistsException another) { // somebody was faster
            return false;
        }
    }

    /** Says whether a file is free to take: not there, or left by a dead process. */
    private static boolean mayReplace(Path file) throws IOException {
        if (!Files.exists(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final FileHeader header = FileHeader.read(channel, file);
            return header != null && !header.isWriterAlive(); // without a header: being made by somebody
        }
    }

    private static Path numbered(StoreRequest request, int number) {
        final String base = System.getProperty(
                MappedFileStoreProvider.FILE_PROPERTY,
                Path.of(System.getProperty("java.io.tmpdir"), "codetag").toString());
        final String name = request.allocator().replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of(base + '-' + name + (number == 1 ? "" : "-" + number) + ".tags");
    }
}
