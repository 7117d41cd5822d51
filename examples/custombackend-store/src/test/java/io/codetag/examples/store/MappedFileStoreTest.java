package io.codetag.examples.store;

import static io.codetag.examples.store.StoreDirectory.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The store of a memory-mapped file")
class MappedFileStoreTest {
    private static final long TEBIBYTE_OF_PAGES = 1L << 28;

    @TempDir
    Path temp;

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
    @DisplayName("keeps every code in the file, where a reader finds it without the writer's help")
    void readerFindsCodes() throws Exception {
        final MappedFileStore store = open("pool", 100_000);
        store.set(0, 3);
        store.set(8_191, 4);
        store.set(8_192, Integer.MAX_VALUE);
        store.set(99_999, 5);
        store.set(50_000, 6);
        store.set(50_000, 0);

        assertEquals(
                Map.of(0L, 3, 8_191L, 4, 8_192L, Integer.MAX_VALUE, 99_999L, 5),
                StoreDirectory.references(store.path()));
        store.close();
    }

    @Test
    @DisplayName("says whose pages they are and who wrote them")
    void readerFindsTheHeader() throws Exception {
        final MappedFileStore store = open("Größter Pool", 1_000);
        store.grow(2_000);
        try (MappedFileReader reader = MappedFileReader.open(store.path())) {
            assertEquals("Größter Pool", reader.allocator());
            assertEquals(4096, reader.pageSize());
            assertEquals(2_000, reader.pageCount());
            assertEquals(ProcessHandle.current().pid(), reader.process());
            assertTrue(reader.isWriterAlive());
        }
        store.close();
    }

    @Test
    @DisplayName("costs a header for 1 TiB of untouched pages, and one section for each neighbourhood touched")
    void sparse() throws Exception {
        final MappedFileStore store = open("huge", TEBIBYTE_OF_PAGES);
        final long untouched = store.bytesOccupied();
        assertEquals(4_096, Files.size(store.path()));
        assertTrue(untouched < 4_096 + 100, () -> untouched + " bytes");

        assertEquals(0, store.get(TEBIBYTE_OF_PAGES - 1));
        store.set(5, 0);
        store.clear(0, TEBIBYTE_OF_PAGES);
        assertFalse(store.compareAndSet(7, 3, 4));
        assertEquals(untouched, store.bytesOccupied(), "reading and clearing touch nothing");

        store.set(0, 3);
        store.set(TEBIBYTE_OF_PAGES - 1, 4);
        store.set(TEBIBYTE_OF_PAGES - 2, 4);
        final List<Long> seen = new ArrayList<>();
        store.scan(0, TEBIBYTE_OF_PAGES, (pfn, code) -> {
            seen.add(pfn);
            return pfn + 1;
        });
        assertEquals(List.of(0L, TEBIBYTE_OF_PAGES - 2, TEBIBYTE_OF_PAGES - 1), seen);
        final long inFile = 4_096 + 4_096 + 2 * 32_768;
        final long occupied = store.bytesOccupied();
        assertTrue(occupied > inFile && occupied < inFile + 16_384, () -> occupied + " bytes");
        store.close();
    }

    @Test
    @DisplayName("goes beyond one stretch of the file")
    void manySections() throws Exception {
        final int sections = 3 * FileLayout.BLOCKS + 1;
        final MappedFileStore store = open("many", (long) sections * FileLayout.SECTION_PAGES);
        for (int section = sections - 1; section >= 0; section--) {
            store.set((long) section * FileLayout.SECTION_PAGES + section, section + 3);
        }
        final Map<Long, Integer> found = StoreDirectory.references(store.path());
        assertEquals(sections, found.size());
        found.forEach((pfn, code) -> assertEquals(pfn % FileLayout.SECTION_PAGES + 3, (long) code));
        assertEquals(4_096 + 4L * FileLayout.STRETCH_BYTES, Files.size(store.path()));
        store.close();
    }

    @Test
    @DisplayName("creates a section on an interrupted thread, and leaves the interrupt to its owner")
    void interrupted() throws Exception {
        final MappedFileStore store = open("interrupted", 10_000);
        Thread.currentThread().interrupt();
        store.set(1, 3);
        store.named(3, StoreDirectory.place(1));
        assertTrue(Thread.interrupted());
        assertEquals(Map.of(1L, 3), StoreDirectory.references(store.path()));
        store.close();
    }

    @Test
    @DisplayName("deletes the file when it is closed: then nobody holds anything")
    void closing() {
        final MappedFileStore store = open("closing", 10);
        store.set(1, 3);
        store.close();
        assertFalse(Files.exists(store.path()));
    }
}
