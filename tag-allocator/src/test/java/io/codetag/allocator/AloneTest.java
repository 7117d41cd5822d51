package io.codetag.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocTags;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a JVM without a profiler and with 40 MiB of direct memory, an allocator of 64 MiB")
class AloneTest {
    @Test
    @DisplayName("hands out what the JVM gives, says that there is no more, and goes on with that")
    void shortOfMemory() throws Exception {
        final Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:MaxDirectMemorySize=40m",
                        "-cp",
                        classPath(),
                        ShortOfMemory.class.getName()))
                .redirectErrorStream(true)
                .start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(
                List.of(
                        "8 blocks of 4 MiB",
                        "allocator \"short\" has no block of order 10 (4194304 bytes): of 67108864 bytes 33554432 are"
                                + " free, but in smaller blocks or without memory from the JVM",
                        "still 8 blocks of 4 MiB",
                        "8192 pages",
                        "there is no profiler"),
                output.lines().toList());
        assertEquals(0, process.waitFor());
    }

    /** The allocator, the vocabulary and these tests: nothing else. */
    private static String classPath() {
        return Stream.of(PageAllocator.class, AllocTags.class, AloneTest.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> new File(location.getPath()).getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The program of that JVM. */
    static final class ShortOfMemory {
        private static final io.codetag.AllocTag TAG = AllocTags.here();

        private ShortOfMemory() {}

        public static void main(String[] args) {
            try (PageAllocator pages = PageAllocator.builder("short", 16_384).build()) {
                System.out.println(takeAll(pages, 10) + " blocks of 4 MiB");
                try {
                    pages.allocate(10, TAG);
                } catch (OutOfPagesException e) {
                    System.out.println(e.getMessage());
                }
                giveAll(pages, 10);
                System.out.println("still " + takeAll(pages, 10) + " blocks of 4 MiB");
                giveAll(pages, 10);
                System.out.println(takeAll(pages, 0) + " pages");
                System.out.println(pages.tagger().storage().disabledReason());
            }
        }

        private static int takeAll(PageAllocator pages, int order) {
            int count = 0;
            for (long pfn; (pfn = pages.tryAllocate(order, TAG)) != PageAllocator.NO_PAGE; count++) {
                pages.buffer(pfn).putInt(0, 42);
            }
            return count;
        }

        private static void giveAll(PageAllocator pages, int order) {
            for (long pfn = 0; pfn < 8192; pfn += 1L << order) {
                pages.free(pfn);
            }
        }
    }
}
