package io.codetag.moduletests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HotSpot inlines a hot method only up to {@code FreqInlineSize} bytecodes. One that is longer costs more than all
 * accounting does.
 */
@DisplayName("Hot methods")
class HotMethodsTest {
    private static final int FREQ_INLINE_SIZE = 325;

    static Stream<HotMethod> hotMethods() {
        return HotMethod.ALL.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hotMethods")
    @DisplayName("exist, and have at most 325 bytecodes in each overload")
    void areInlined(HotMethod method) throws IOException {
        final List<Integer> sizes = bytecodes(method.module(), method.type()).getOrDefault(method.name(), List.of());
        assertFalse(sizes.isEmpty(), "no such method, or no code in it");
        sizes.forEach(size -> assertTrue(size <= FREQ_INLINE_SIZE, size + " bytecodes"));
    }

    @Test
    @DisplayName("are measured as javap counts them")
    void measured() throws IOException {
        try (InputStream file = Sample.class.getResourceAsStream("HotMethodsTest$Sample.class")) {
            final Map<String, List<Integer>> sizes = MethodSizes.read(file);
            assertEquals(List.of(4), sizes.get("sum"), "iload, iload, iadd, ireturn");
            assertEquals(
                    List.of(1, 6), sizes.get("overloaded").stream().sorted().toList());
            assertFalse(sizes.containsKey("without"), "a method without code");
        }
    }

    private static Map<String, List<Integer>> bytecodes(LibraryModule module, String type) throws IOException {
        final Path location = module.location();
        final String name = type.replace('.', '/') + ".class";
        if (Files.isDirectory(location)) {
            try (InputStream file = Files.newInputStream(location.resolve(name))) {
                return MethodSizes.read(file);
            }
        }
        try (FileSystem jar = FileSystems.newFileSystem(location);
                InputStream file = Files.newInputStream(jar.getPath(name))) {
            return MethodSizes.read(file);
        }
    }

    /** What is measured to see that measuring works; with an entry of two in its constants. */
    abstract static class Sample {
        static int sum(int a, int b) {
            return a + b;
        }

        static void overloaded() {}

        static long overloaded(long a) {
            return a + 0x1234_5678_9abc_def0L; // lload, ldc2_w, ladd, lreturn
        }

        abstract void without();
    }
}
