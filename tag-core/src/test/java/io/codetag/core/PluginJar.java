package io.codetag.core;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Compiles a class into a real jar, to be loaded in class loaders of its own. */
final class PluginJar {
    private final Path jar;

    private PluginJar(Path jar) {
        this.jar = jar;
    }

    /** Compiles one source file; debug says what javac's -g takes, such as "none". */
    static PluginJar compile(Path folder, String className, String source, String debug) throws IOException {
        final String path = className.replace('.', '/');
        final Path file = folder.resolve("src").resolve(path + ".java");
        final Path classes = folder.resolve("classes");
        Files.createDirectories(file.getParent());
        Files.createDirectories(classes);
        Files.writeString(file, source);
        final int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-g:" + debug, "-proc:none", "-d", classes.toString(), file.toString());
        if (status != 0) {
            throw new IllegalStateException("the plugin does not compile");
        }
        final Path jar = folder.resolve(className + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (Path each : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
            }
        }
        return new PluginJar(jar);
    }

    /** Returns a new class loader of that name; null for one without a name. */
    URLClassLoader load(String name) throws MalformedURLException {
        final URL[] urls = {jar.toUri().toURL()};
        final ClassLoader parent = PluginJar.class.getClassLoader();
        return name == null ? new URLClassLoader(urls, parent) : new URLClassLoader(name, urls, parent);
    }

    String fileName() {
        return jar.getFileName().toString();
    }

    /** Runs garbage collections until a condition holds; fails after a minute. */
    static void collectUntil(java.util.function.BooleanSupplier condition) {
        final long end = System.nanoTime() + 60_000_000_000L;
        final List<byte[]> pressure = new java.util.ArrayList<>();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still reachable after a minute of garbage collection");
            }
            pressure.add(new byte[1 << 16]);
            if (pressure.size() > 64) {
                pressure.clear();
            }
            System.gc();
        }
    }
}
