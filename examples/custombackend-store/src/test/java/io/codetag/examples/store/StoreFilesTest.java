package io.codetag.examples.store;

import static io.codetag.examples.store.StoreDirectory.open;
import static io.codetag.examples.store.StoreDirectory.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.Suitability;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files of the backend mapped-file")
class StoreFilesTest {
    @TempDir
    Path temp;

    private final MappedFileStoreProvider provider = new MappedFileStoreProvider();
    private StoreDirectory directory;

    @BeforeEach
    void sendFilesToTheTestsDirectory() {
        directory = new StoreDirectory(temp);
    }

    @AfterEach
    void forgetTheDirectory() {
        directory.close();
    }

    @Test
    @DisplayName("belong to a backend that ServiceLoader finds, ranked below those of codetag")
    void found() {
        final PageTagStoreProvider found = ServiceLoader.load(PageTagStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("mapped-file"))
                .findFirst()
                .orElseThrow();
        assertTrue(found.priority() < 100);
        assertTrue(found.check(request("pool", 1)).suits());
    }

    @Test
    @DisplayName("are named after the allocator, with a number where the name is taken by a living one")
    void names() {
        final MappedFileStore first = open("page pool/1", 10);
        final MappedFileStore second = open("page pool/1", 10);
        assertEquals(directory.file("refs-page_pool_1.tags"), first.path());
        assertEquals(directory.file("refs-page_pool_1-2.tags"), second.path());
        first.close();
        second.close();
    }

    @Test
    @DisplayName("of a dead process are kept under the ending .previous")
    void previous() throws Exception {
        final MappedFileStore dead = open("pool", 10);
        dead.set(4, 7);
        // A process of the same id that started at another time is another process.
        StoreDirectory.overwrite(dead.path(), FileLayout.START_AT, (byte) 1, (byte) 2, (byte) 3);

        final MappedFileStore next = open("pool", 10);
        assertEquals(dead.path(), next.path());
        assertEquals(Map.of(), StoreDirectory.references(next.path()));
        final Path previous = directory.file("refs-pool.tags.previous");
        assertEquals(Map.of(4L, 7), StoreDirectory.references(previous));
        try (MappedFileReader reader = MappedFileReader.open(previous)) {
            assertFalse(reader.isWriterAlive());
        }
        next.close();
    }

    @Test
    @DisplayName("never replace a file that is not theirs, and say so before anything is opened")
    void foreignFile() throws Exception {
        final Path file = directory.file("refs-pool.tags");
        Files.writeString(file, "a letter to the editor");
        final Suitability answer = provider.check(request("pool", 10));
        assertEquals(
                file + " is no file of the backend mapped-file; move it away or set codetag.example.file",
                answer.reason());
        assertThrows(UncheckedIOException.class, () -> provider.open(request("pool", 10)));
        assertEquals("a letter to the editor", Files.readString(file));
        assertMessage(file + " is no file of the backend mapped-file", file);
    }

    @Test
    @DisplayName("need a directory that can be written to")
    void noDirectory() {
        System.setProperty(
                MappedFileStoreProvider.FILE_PROPERTY,
                directory.file("nowhere/refs").toString());
        assertEquals(
                directory.file("nowhere") + " is no directory that can be written to; set codetag.example.file",
                provider.check(request("pool", 10)).reason());
    }

    @Test
    @DisplayName("of another version of the format are refused with both versions")
    void otherVersion() throws Exception {
        final MappedFileStore store = open("pool", 10);
        StoreDirectory.overwrite(store.path(), FileLayout.VERSION_AT, (byte) 9);
        assertMessage(store.path() + " has version 9 of the file format; version 1 is known here", store.path());
        store.close();
    }

    @Test
    @DisplayName("that were closed in good order or hardly begun are told from others")
    void withoutHeader() throws Exception {
        final MappedFileStore store = open("pool", 10);
        StoreDirectory.overwrite(store.path(), FileLayout.MAGIC_AT, new byte[Long.BYTES]);
        assertMessage(
                store.path() + " was closed in good order, or its writer had not got beyond the header", store.path());
        store.close();
    }

    @Test
    @DisplayName("that are cut off are refused with the place")
    void cutOff() throws Exception {
        final MappedFileStore store = open("pool", 10);
        store.set(1, 3);
        final Path copy = Files.copy(store.path(), directory.file("copy"));
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.truncate(10_000);
        }
        final EOFException failure = assertThrows(EOFException.class, () -> StoreDirectory.references(copy));
        assertEquals(copy + " is cut off at byte 10000", failure.getMessage());
        store.close();
    }

    @Test
    @DisplayName("that name a section beyond the last page are refused as damaged")
    void damaged() throws Exception {
        final MappedFileStore store = open("pool", 10);
        store.set(1, 3);
        StoreDirectory.overwrite(store.path(), FileLayout.stretchAt(0) + 1, (byte) 1);
        assertMessage(store.path() + " is damaged: section 64 at byte 8192", store.path());
        store.close();
    }

    private static void assertMessage(String expected, Path file) {
        final IOException failure = assertThrows(IOException.class, () -> MappedFileReader.open(file));
        assertEquals(expected, failure.getMessage());
    }
}
