package io.codetag.examples.custombackend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.CodeTag;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The table of who held which page")
class PostMortemTest {
    private static final String FILE_PROPERTY = "codetag.example.file";

    @TempDir
    Path temp;

    @AfterEach
    void forgetTheDirectory() {
        System.clearProperty(FILE_PROPERTY);
    }

    @Test
    @DisplayName("shows names, reserved codes as what they mean, and a name not yet written as such")
    void table() throws Exception {
        try (PageTagStore store = open()) {
            store.named(3, CodeTag.of("com.acme.Cache", "Cache.java", 12, "load"));
            for (long pfn : new long[] {10, 11, 12, 20, 30, 40, 41, 50}) {
                store.set(pfn, 3);
            }
            store.set(60, 4);
            store.set(61, 4);
            store.set(62, 1);
            assertEquals(
                    List.of(
                            "   pages        bytes  held by                           which",
                            "       8        65536  com/acme/Cache.java:12 func:load  10-12, 20, 30, ... (5 runs)",
                            "       2        16384  (name not yet written: code 4)    60-61",
                            "       1         8192  (deliberately untracked)          62",
                            "      11        90112  in all"),
                    printed().lines().skip(1).map(String::stripTrailing).toList());
        }
    }

    @Test
    @DisplayName("of an allocator that holds nothing says so")
    void empty() throws Exception {
        try (PageTagStore store = open()) {
            store.set(5, 3);
            store.set(5, 0);
            assertEquals(
                    "allocator \"pool\", 1000 pages of 8192 bytes, process "
                            + ProcessHandle.current().pid()
                            + ", which is running\n   pages        bytes  held by   which\n"
                            + "       0            0  in all    \n",
                    printed());
        }
    }

    private PageTagStore open() {
        System.setProperty(FILE_PROPERTY, temp.resolve("refs").toString());
        return ServiceLoader.load(PageTagStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("mapped-file"))
                .findFirst()
                .orElseThrow()
                .open(new StoreRequest("pool", 1_000, 8_192, 100, null, null, 64));
    }

    private String printed() throws Exception {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PostMortem.read(temp.resolve("refs-pool.tags")).print(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8).replace("\r\n", "\n");
    }
}
