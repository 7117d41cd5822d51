package io.codetag.examples.pagecache;

import io.codetag.examples.pagecache.spi.EntryInflater;
import io.codetag.examples.pagecache.spi.HostPages;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Loads the plugin from its jar, in a class loader of its own.
 *
 * <p>The class loader's name is what the report shows as the plugin's code module. The jar is embedded in this program;
 * its classes are not on this program's class path.
 */
final class Plugins implements AutoCloseable {
    static final String NAME = "inflate-plugin";

    private static final String RESOURCE = "/plugins/inflate-plugin.jar";

    private final URLClassLoader loader;
    private final List<EntryInflater> inflaters = new ArrayList<>();

    private Plugins(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Loads and opens the plugin.
     *
     * @param directory where its jar is put
     * @param pages what it allocates from
     * @return the plugin
     * @throws IOException if the jar is missing or cannot be written
     */
    static Plugins load(Path directory, HostPages pages) throws IOException {
        final Path jar = directory.resolve(NAME + ".jar");
        try (InputStream embedded = Plugins.class.getResourceAsStream(RESOURCE)) {
            if (embedded == null) {
                throw new IOException(RESOURCE + " is not in this program; build it with Maven");
            }
            Files.copy(embedded, jar);
        }
        final ClassLoader host = Plugins.class.getClassLoader();
        final URL[] classPath = {jar.toUri().toURL()};
        final Plugins plugins = new Plugins(new URLClassLoader(NAME, classPath, host));
        for (EntryInflater inflater : ServiceLoader.load(EntryInflater.class, plugins.loader)) {
            inflater.open(pages);
            plugins.inflaters.add(inflater);
        }
        return plugins;
    }

    /** Returns what the plugin brought. */
    List<EntryInflater> inflaters() {
        return Collections.unmodifiableList(inflaters);
    }

    @Override
    public void close() throws IOException {
        inflaters.forEach(EntryInflater::close);
        loader.close();
    }
}
