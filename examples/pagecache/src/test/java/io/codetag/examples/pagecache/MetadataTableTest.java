package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.TagScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A metadata table")
class MetadataTableTest {
    private static final AllocTag CREATOR = AllocTags.here();
    private static final AllocTag USER = AllocTags.here();

    @Test
    @SuppressWarnings("try") // scopes are entered and left, not used
    @DisplayName("is charged to whoever made it, also when another thread with another tag makes it grow")
    void chargedToCreator() throws IOException {
        try (PagePool pool = new PagePool("table test", 1 << 20);
                Workers workers = new Workers(1)) {
            final MetadataTable table;
            try (TagScope creator = CREATOR.enter()) {
                table = new MetadataTable(pool, 32);
            }
            workers.run(List.of(() -> {
                try (TagScope user = USER.enter()) {
                    table.put(1000, new byte[32]);
                }
            }));
            assertEquals(4 * 8192, CREATOR.counts().bytes());
            assertEquals(4, CREATOR.counts().calls());
            assertEquals(0, USER.counts().bytes());
            table.close();
            assertEquals(0, CREATOR.counts().bytes());
        }
    }

    @Test
    @DisplayName("gives back what was put in, and zeros where nothing was")
    void records() {
        try (PagePool pool = new PagePool("table test", 1 << 20);
                MetadataTable table = new MetadataTable(pool, 12)) {
            for (int row = 0; row < 3000; row += 2) {
                table.put(row, record(row));
            }
            for (int row = 0; row < 3000; row++) {
                assertArrayEquals(row % 2 == 0 ? record(row) : new byte[12], table.get(row));
            }
            assertArrayEquals(new byte[12], table.get(1_000_000));
        }
    }

    private static byte[] record(int row) {
        return ByteBuffer.allocate(12).putLong(row * 31L).putInt(row).array();
    }
}
