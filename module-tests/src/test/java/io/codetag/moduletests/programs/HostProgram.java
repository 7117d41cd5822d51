package io.codetag.moduletests.programs;

import io.codetag.core.Profiler;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs a plugin twice, each in a class loader of its own, before anything else attaches an allocator, and says whether
 * they are collected. Its arguments: the plugin's jar and class.
 */
public final class HostProgram {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private HostProgram() {}

    public static void main(String[] args) throws Exception {
        final Path jar = Path.of(args[0]);
        final WeakReference<ClassLoader> first = run("first", jar, args[1], false);
        System.out.println("first-collected " + collected(() -> first.refersTo(null)));
        System.out.println("first-forgotten "
                + collected(() -> Profiler.get().totals().pages().isEmpty()));
        final WeakReference<ClassLoader> second = run("second", jar, args[1], true);
        System.out.println("second-collected " + collected(() -> second.refersTo(null)));
        System.out.println("second-forgotten "
                + collected(() -> Profiler.get().snapshot().entries().isEmpty()));
        Profiler.get().flush();
    }

    /** In a method of its own, so that no frame keeps the loader. */
    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> run(String name, Path jar, String plugin, boolean close)
            throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(name, new URL[] {jar.toUri().toURL()}, HostProgram.class.getClassLoader())) {
            final Function<Boolean, String> instance = (Function<Boolean, String>) Class.forName(plugin, true, loader)
                    .asSubclass(Function.class)
                    .getConstructor()
                    .newInstance();
            System.out.println(name + ' ' + instance.apply(close));
            return new WeakReference<>(loader);
        }
    }

    private static boolean collected(BooleanSupplier condition) {
        final long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            System.gc();
            Profiler.get().flush(); // the daemon thread has to get on between two collections
        }
        return true;
    }
}
