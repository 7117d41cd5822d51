package io.codetag.core;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** One code module: a class loader, held weakly, or a plugin known by name. */
final class Module {
    private final int number;
    private final @Nullable WeakReference<Class<?>> type;
    private volatile @Nullable String name;
    private volatile boolean unloaded;

    /** Makes the module of a class loader; its name is found out later, off the recording thread. */
    Module(int number, Class<?> type) {
        this.number = number;
        this.type = new WeakReference<>(type);
    }

    /** Makes a named module. */
    Module(int number, String name) {
        this.number = number;
        this.type = null;
        this.name = name;
    }

    int number() {
        return number;
    }

    /** Returns the name; runs code of the class loader the first time, so never on a recording thread. */
    String name() {
        String known = name;
        if (known == null) {
            final Class<?> member = type == null ? null : type.get();
            known = member == null ? "unnamed-" + number : nameOf(member, number);
            name = known;
        }
        return known;
    }

    boolean isUnloaded() {
        return unloaded;
    }

    void markUnloaded() {
        unloaded = true;
    }

    private static String nameOf(Class<?> member, int number) {
        final ClassLoader loader = member.getClassLoader();
        final String ofLoader = loader == null ? null : loader.getName();
        if (ofLoader != null && !ofLoader.isBlank()) {
            return ofLoader;
        }
        final String ofModule = member.getModule().getName();
        if (ofModule != null) {
            return ofModule;
        }
        final CodeSource source = member.getProtectionDomain().getCodeSource();
        final URL location = source == null ? null : source.getLocation();
        return location == null ? "unnamed-" + number : lastName(location.getPath(), number);
    }

    private static String lastName(String path, int number) {
        final String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        final String last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
        return last.isEmpty() ? "unnamed-" + number : last;
    }
}
