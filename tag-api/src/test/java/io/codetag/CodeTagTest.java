package io.codetag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeTagTest {
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "com.acme.cache.PageCache,        PageCache.java, com/acme/cache/PageCache.java",
        "com.acme.cache.PageCache$Reader, PageCache.java, com/acme/cache/PageCache.java",
        "PageCache,                       PageCache.java, PageCache.java",
        "com.acme.cache.PageCache$Reader, ,               com/acme/cache/PageCache$Reader.class",
        "com.acme.cache.PageCache,        '',             com/acme/cache/PageCache.class",
        "PageCache,                       ,               PageCache.class",
        "'',                              untagged,       untagged",
        "com.acme.Öl Kanne,               'Öl Kanne.kt',  com/acme/Öl Kanne.kt",
    })
    @DisplayName("the path is the package as folders and the file, or the class where it names no file")
    void path(String className, String file, String path) {
        assertEquals(path, new CodeTag(null, className, file, 1, "f").path());
    }

    @Test
    @DisplayName("is shown as path, line, module if any, and function")
    void isShown() {
        final CodeTag tag = CodeTag.of("com.acme.Zip", "Zip.java", 94, "inflate");
        assertEquals("com/acme/Zip.java:94 func:inflate", tag.toString());
        assertEquals(
                "com/acme/Zip.java:94 [zip-plugin] func:inflate",
                tag.inModule("zip-plugin").toString());
    }

    @Test
    @DisplayName("is the same place in another module, and the same object in its own")
    void inModule() {
        final CodeTag core = CodeTag.of("com.acme.Zip", "Zip.java", 94, "inflate");
        final CodeTag plugin = core.inModule("zip-plugin");
        assertNull(core.module());
        assertEquals("zip-plugin", plugin.module());
        assertEquals(core, plugin.inModule(null));
        assertSame(core, core.inModule(null));
        assertSame(plugin, plugin.inModule("zip-plugin"));
    }

    @Test
    @DisplayName("needs a class or a file, a function, and a line that is not below 0")
    void refusesNonsense() {
        assertEquals(
                "line is -2, it has to be 0 (unknown) or more",
                assertThrows(IllegalArgumentException.class, () -> CodeTag.of("A", "A.java", -2, "f"))
                        .getMessage());
        assertEquals(
                "a code tag needs a class name or a file",
                assertThrows(IllegalArgumentException.class, () -> CodeTag.of("", "", 1, "f"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new CodeTag(null, "", null, 1, "f"));
        assertThrows(NullPointerException.class, () -> CodeTag.of(null, "A.java", 1, "f"));
        assertThrows(NullPointerException.class, () -> CodeTag.of("A", "A.java", 1, null));
        assertEquals(0, CodeTag.of("A", "A.java", 0, "f").line(), "an unknown line");
    }
}
