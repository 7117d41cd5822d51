package io.codetag.pageext;

import static io.codetag.spi.PageSections.SECTION_PAGES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageExtOutOfMemoryTest {
    @Test
    @DisplayName("a store that finds no memory throws, keeps every code and every byte count, and goes on")
    void survivesWantOfMemory() throws IOException, InterruptedException {
        final Process small = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        final String output = new String(small.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(small.waitFor(1, TimeUnit.MINUTES), output);
        assertEquals(0, small.exitValue(), output);
        assertTrue(output.contains("kept"), output);
    }

    /** Runs in a JVM of its own. */
    static final class SmallHeap {
        @SuppressWarnings("UnusedVariable") // it only takes up memory
        private static byte[] reserve = new byte[1 << 20];

        private SmallHeap() {}

        public static void main(String[] args) {
            final PageExtStore store = new PageExtStore(1L << 40);
            final long sections = fill(store);
            final long bytes = store.bytesOccupied();
            final long failed = failingTwins(store, sections);
            final long bytesLater = store.bytesOccupied();
            reserve = null; // what follows needs some memory
            check(sections > 100, "there were " + sections + " sections when memory ran out");
            check(store.get(sections * SECTION_PAGES) == 0, "the page that failed has a code");
            check(failed == sections, (sections - failed) + " twins did not fail");
            check(bytesLater == bytes, bytesLater + " bytes after " + bytes);
            for (long section = 0; section < sections; section++) {
                check(store.get(section * SECTION_PAGES) == 3, "section " + section + " lost its code");
            }
            store.set(sections * SECTION_PAGES, 70_000);
            check(store.get(sections * SECTION_PAGES) == 70_000, "it does not go on");
            System.out.println("kept " + sections + " sections");
        }

        /** Touches one page of one section after the other; returns the first that found no memory. */
        private static long fill(PageExtStore store) {
            for (long section = 0; ; section++) {
                try {
                    store.set(section * SECTION_PAGES, 3);
                } catch (OutOfMemoryError expected) {
                    return section;
                }
            }
        }

        private static long failingTwins(PageExtStore store, long sections) {
            long failed = 0;
            for (long section = 0; section < sections; section++) {
                try {
                    store.getAndSet(section * SECTION_PAGES, 70_000);
                } catch (OutOfMemoryError expected) {
                    failed++;
                }
            }
            return failed;
        }

        private static void check(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }
    }
}
