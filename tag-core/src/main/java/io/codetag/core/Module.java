package io.codetag.core;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** One code module: a class loader, held weakly, or a plugin known by name. */
final class Module {
    private final int number;
    private final @Nullable WeakReference<Class<?>> type;
    private final boolean goesWithTags;
    private volatile @Nullable String name;
    private volatile boolean unloaded;

    /** Makes the module of a class loader; its name is found out later, off the recording thread. */
    Module(int number, Class<?> type) {
        this.number = number;
        this.type = new WeakReference<>(type);
        this.goesWithTags = false;
    }

    /** Makes a named module, with tags or without. */
    Module(int number, String name, boolean withTags) {
        this.number = number;
        this.type = null;
        this.goesWithTags = withTags;
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
            known = member == null ? "unnamed-" + number : safeNameOf(member, number);
            name = known;
        }
        return known;
    }

    /** Says whether it can go when no tag names it; who holds a named module holds its tags. */
    boolean isForgettable() {
        return unloaded || goesWithTags;
    }

    boolean isUnloaded() {
        return unloaded;
    }

    void markUnloaded() {
        unloaded = true;
    }

    private static String safeNameOf(Class<?> member, int number) {
        try {
            return nameOf(member, number);
        } catch (RuntimeException | Error failure) { // a class loader may override anything
            return "unnamed-" + number;
        }
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
