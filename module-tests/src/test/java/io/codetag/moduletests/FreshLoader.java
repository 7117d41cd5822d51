package io.codetag.moduletests;

import io.codetag.moduletests.backends.HeapBackend;
import io.codetag.moduletests.programs.AttachProbe;
import io.codetag.moduletests.programs.LoggedProbe;
import io.codetag.spi.PageTagStoreProvider;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Real jars in a class loader with nothing but the JDK above it: codetag as in a process that just started. */
final class FreshLoader {
    private final Path folder;
    private final List<Path> jars = new ArrayList<>();

    private FreshLoader(Path folder) {
        this.folder = folder;
    }

    static FreshLoader of(Path folder, LibraryModule... modules) {
        final FreshLoader loader = new FreshLoader(folder);
        for (LibraryModule module : modules) {
            loader.jar(module.location());
        }
        return loader;
    }

    FreshLoader jar(Path jar) {
        jars.add(jar);
        return this;
    }

    /** Adds a jar of one backend. */
    FreshLoader backend(Class<?> type) {
        return backend(type, type.getName());
    }

    /** Adds a jar of one backend whose {@code META-INF/services} has some other text. */
    FreshLoader backend(Class<?> type, String listed) {
        return jar(TestJar.in(folder, jarName(type))
                .classes(HeapBackend.class, type)
                .text("META-INF/services/" + PageTagStoreProvider.class.getName(), listed)
                .write());
    }

    static String jarName(Class<?> backend) {
        return backend.getSimpleName() + ".jar";
    }

    /** Makes an {@link AttachProbe} that has no logging above it. */
    Function<List<String>, List<String>> probe() {
        return make(AttachProbe.class);
    }

    /** Makes a {@link LoggedProbe}, and adds what that needs. */
    Function<List<String>, List<String>> loggedProbe() {
        JvmProgram.loggingJars().forEach(this::jar);
        return make(LoggedProbe.class);
    }

    @SuppressWarnings("unchecked")
    private Function<List<String>, List<String>> make(Class<? extends AttachProbe> type) {
        jar(TestJar.in(folder, "probe.jar").classes(AttachProbe.class, type).write());
        // Never closed: codetag's daemon thread lives on in it.
        final ClassLoader loader = new URLClassLoader(
                jars.stream().map(FreshLoader::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            return (Function<List<String>, List<String>>) Class.forName(type.getName(), true, loader)
                    .asSubclass(Function.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the probe cannot be made", e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
