package io.codetag.examples.store;

import static io.codetag.examples.store.StoreDirectory.open;
import static io.codetag.examples.store.StoreDirectory.place;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeTag;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The names behind codes")
class NameLogTest {
    /** Where the first block of the first stretch begins; here it holds names, since no code was stored before. */
    private static final long FIRST_RECORD = FileLayout.stretchAt(0) + FileLayout.blockAt(0);

    @TempDir
    Path temp;

    private StoreDirectory directory;
    private MappedFileStore store;

    @BeforeEach
    void openStore() {
        directory = new StoreDirectory(temp);
        store = open("names", 1_000);
    }

    @AfterEach
    void closeStore() {
        store.close();
        directory.close();
    }

    @Test
    @DisplayName("are found by code, the latest one if a code was given again")
    void latestName() throws Exception {
        store.named(3, place(10));
        store.named(4, place(20).inModule("zip plugin"));
        store.named(3, place(30));
        assertEquals(
                Map.of(
                        3, "com/acme/Cache.java:30 func:load",
                        4, "com/acme/Cache.java:20 [zip plugin] func:load"),
                names());
    }

    @Test
    @DisplayName("are missing while they are not written: the code alone is known")
    void notYetWritten() throws Exception {
        store.set(7, 3);
        store.set(8, 4);
        store.named(4, place(1));
        assertEquals(Map.of(7L, 3, 8L, 4), StoreDirectory.references(store.path()));
        assertEquals(Map.of(4, "com/acme/Cache.java:1 func:load"), names());
    }

    @Test
    @DisplayName("that were being written when the process was killed are skipped and counted")
    void tornByAKill() throws Exception {
        store.named(3, place(10));
        store.named(4, place(20));
        final int second = FileLayout.nextRecord(0, place(10).toString().length());
        // The length is what makes a record complete, and is written last.
        StoreDirectory.overwrite(store.path(), FIRST_RECORD + second, new byte[Integer.BYTES]);
        try (MappedFileReader reader = MappedFileReader.open(store.path())) {
            assertEquals(Map.of(3, "com/acme/Cache.java:10 func:load"), reader.names());
            assertEquals(1, reader.tornNames());
        }
    }

    @Test
    @DisplayName("whose text a crash of the machine took are skipped and counted, and those after them are read")
    void tornByACrash() throws Exception {
        store.named(3, place(10));
        store.named(4, place(20));
        StoreDirectory.overwrite(store.path(), FIRST_RECORD + FileLayout.TEXT_AT, new byte[8]);
        try (MappedFileReader reader = MappedFileReader.open(store.path())) {
            assertEquals(Map.of(4, "com/acme/Cache.java:20 func:load"), reader.names());
            assertEquals(1, reader.tornNames());
        }
    }

    @Test
    @DisplayName("with an impossible length end the reading of their block and count as torn")
    void impossibleLength() throws Exception {
        store.named(3, place(10));
        StoreDirectory.overwrite(store.path(), FIRST_RECORD, new byte[] {-1, -1, -1, 127});
        try (MappedFileReader reader = MappedFileReader.open(store.path())) {
            assertEquals(Map.of(), reader.names());
            assertEquals(1, reader.tornNames());
        }
    }

    @Test
    @DisplayName("fill as many blocks as they need, in between codes")
    void manyNames() throws Exception {
        final int count = 5_000;
        for (int code = 3; code < count + 3; code++) {
            store.named(code, place(code));
            store.set(code % 1_000, code);
        }
        final Map<Integer, String> names = names();
        assertEquals(count, names.size());
        names.forEach((code, name) -> assertEquals("com/acme/Cache.java:" + code + " func:load", name));
    }

    @Test
    @DisplayName("that are very long are cut between two characters")
    void longName() throws Exception {
        store.named(3, CodeTag.of("", "f", 1, "x" + "ö".repeat(5_000)));
        final String name = names().get(3);
        assertTrue(name.startsWith("f:1 func:xö") && name.endsWith("ö"), name);
        assertTrue(name.length() > FileLayout.MAX_TEXT_BYTES / 2, name);
    }

    private Map<Integer, String> names() throws Exception {
        try (MappedFileReader reader = MappedFileReader.open(store.path())) {
            assertEquals(0, reader.tornNames());
            return Map.copyOf(reader.names());
        }
    }
}
