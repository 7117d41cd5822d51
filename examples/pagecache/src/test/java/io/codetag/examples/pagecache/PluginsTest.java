package io.codetag.examples.pagecache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codetag.examples.pagecache.spi.EntryInflater;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The plugin")
class PluginsTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("comes from the embedded jar and lives in a class loader of its own")
    void ownLoader() throws IOException {
        try (PagePool pool = new PagePool("plugin test", 1 << 20);
                Plugins plugins = Plugins.load(directory, pool)) {
            assertEquals(1, plugins.inflaters().size());
            final Class<?> type = plugins.inflaters().get(0).getClass();
            final ClassLoader host = PageCacheMain.class.getClassLoader();
            assertNotSame(host, type.getClassLoader());
            assertEquals(Plugins.NAME, type.getClassLoader().getName());
            assertSame(host, EntryInflater.class.getClassLoader());
            assertThrows(ClassNotFoundException.class, () -> host.loadClass(type.getName()));
        }
    }

    @Test
    @DisplayName("gives back every page when it is closed")
    void givesBack() throws IOException {
        try (PagePool pool = new PagePool("plugin test", 1 << 20)) {
            Plugins.load(directory, pool).close();
            assertEquals(0, pool.allocator().allocatedBytes());
        }
    }
}
