package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was skipped")
class SkipsTest {
    private final Skips skips = new Skips();

    @Test
    @DisplayName("is counted by reason, with the first example, and not by file name")
    void byReason() {
        skips.add("a", new NoSuchFileException("a"));
        skips.add("b", new NoSuchFileException("b"));
        skips.add("c", new AccessDeniedException("c"));
        skips.add("d", new FileSystemException("d", null, "No such process"));
        skips.add("e", new FileSystemException("e", null, "No such process"));
        skips.add("f", new IOException());
        assertEquals("6: gone 2 (a), not permitted 1 (c), No such process 2 (d), IOException 1 (f)", skips.toString());
    }

    @Test
    @DisplayName("is lumped together after a number of reasons, and still counted")
    void manyReasons() {
        for (int i = 0; i < 1000; i++) {
            skips.add("file", "reason " + i);
        }
        assertEquals(1000, skips.count());
        assertEquals(1, skips.count("reason 7"));
        assertEquals(992, skips.count(Skips.OTHER));
    }
}
