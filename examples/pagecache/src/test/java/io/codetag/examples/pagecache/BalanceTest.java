package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.TagSpace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The balance")
class BalanceTest {
    private static final AllocTag TEST = AllocTags.here();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    @DisplayName("holds while every block has a tag, and the report says so")
    void holds() {
        try (PagePool pool = new PagePool("balance test", 1 << 20)) {
            pool.allocate(3, TEST);
            assertEquals(new Balance(8 * 4096, 0, 8 * 4096), Balance.of(pool.allocator()));
            assertTrue(Report.print(out, pool, facts(0), new Skips()));
            assertTrue(
                    text().contains("pages 32,768 + untracked 0 = 32,768 bytes; the allocator says 32,768: equal"),
                    text());
            assertTrue(text().contains("BalanceTest.java"), text());
        }
    }

    @Test
    @DisplayName("does not hold when a single page has no tag")
    void untracked() {
        final AllocTag foreign = new TagSpace().here(); // recorded nowhere: as if somebody had forgotten the tag
        try (PagePool pool = new PagePool("balance test", 1 << 20)) {
            pool.allocate(3, TEST);
            pool.allocate(0, foreign);
            assertEquals(new Balance(8 * 4096, 4096, 9 * 4096), Balance.of(pool.allocator()));
            assertFalse(Report.print(out, pool, facts(0), new Skips()));
            assertTrue(text().contains("equal, but 4,096 bytes have no tag"), text());
        }
    }

    @Test
    @DisplayName("does not hold when the sums differ by a byte, or the profiler cannot tell")
    void differs() {
        assertFalse(new Balance(8192, 0, 8193).holds());
        assertFalse(new Balance(8192, 0, 8191).holds());
        assertFalse(new Balance(8192, -1, 8191).holds());
        assertTrue(new Balance(8192, 0, 8191).toString().endsWith("1 bytes off"));
    }

    @Test
    @DisplayName("is worth nothing when bytes differed on the second look")
    void mismatch() {
        try (PagePool pool = new PagePool("balance test", 1 << 20)) {
            assertFalse(Report.print(out, pool, facts(1), new Skips()));
        }
    }

    @Test
    @DisplayName("shows a block that is still allocated after everything was closed")
    void leak() {
        try (PagePool pool = new PagePool("balance test", 1 << 20)) {
            assertTrue(Report.printLeft(out, pool));
            final long leaked = pool.allocate(0, TEST);
            assertFalse(Report.printLeft(out, pool));
            assertTrue(text().contains("4,096 bytes left"), text());
            pool.free(leaked);
        }
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static JobFacts facts(int mismatches) {
        return new JobFacts(1, 2, 3, 4, 5, 6, mismatches, new CacheFacts(1, 1, 1, 1, 1, 1), 1);
    }
}
