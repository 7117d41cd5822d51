package io.codetag.examples.store;

import io.codetag.CodeTag;
import io.codetag.spi.StoreRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** Sends the files of stores to a directory, for as long as a test lasts. */
final class StoreDirectory implements AutoCloseable {
    private final Path directory;

    StoreDirectory(Path directory) {
        this.directory = directory;
        System.setProperty(
                MappedFileStoreProvider.FILE_PROPERTY, directory.resolve("refs").toString());
    }

    static StoreRequest request(String allocator, long pages) {
        return new StoreRequest(allocator, pages, 4096, 100, null, null, 64);
    }

    static MappedFileStore open(String allocator, long pages) {
        return new MappedFileStore(request(allocator, pages));
    }

    static CodeTag place(int line) {
        return CodeTag.of("com.acme.Cache", "Cache.java", line, "load");
    }

    static Map<Long, Integer> references(Path file) throws IOException {
        final Map<Long, Integer> found = new TreeMap<>();
        try (MappedFileReader reader = MappedFileReader.open(file)) {
            reader.references(found::put);
        }
        return found;
    }

    /** Changes a file behind the back of whoever has it open. */
    static void overwrite(Path file, long at, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        System.clearProperty(MappedFileStoreProvider.FILE_PROPERTY);
    }
}
