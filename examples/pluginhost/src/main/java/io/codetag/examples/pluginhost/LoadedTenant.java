package io.codetag.examples.pluginhost;

import io.codetag.allocator.PageAllocator;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One plugin: the classes of the jar in a class loader of their own, and what the host calls it by. */
final class LoadedTenant {
    private static final String ENTRY_POINT = "io.codetag.examples.pluginhost.tenant.Tenant";

    private final String name;
    private @Nullable URLClassLoader loader;
    private @Nullable Object tenant;

    private LoadedTenant(String name, URLClassLoader loader, Object tenant) {
        this.name = name;
        this.loader = loader;
        this.tenant = tenant;
    }

    static LoadedTenant load(String name, Path jar, PageAllocator pages)
            throws IOException, ReflectiveOperationException {
        final URL[] classPath = {jar.toUri().toURL()};
        final URLClassLoader loader = new URLClassLoader(name, classPath, LoadedTenant.class.getClassLoader());
        final Object tenant = loader.loadClass(ENTRY_POINT)
                .getConstructor(PageAllocator.class)
                .newInstance(pages);
        return new LoadedTenant(name, loader, tenant);
    }

    String name() {
        return name;
    }

    /** Lets each of its call sites hold so many blocks. */
    void hold(int blocks) {
        as(IntConsumer.class).accept(blocks);
    }

    /** Returns what it says it holds: the first pages of blocks, by code. Numbers only. */
    @SuppressWarnings("unchecked") // the plugin's contract
    Map<Integer, List<Long>> ledger() {
        return (Map<Integer, List<Long>>) as(Supplier.class).get();
    }

    /** Tells it to go; it frees what it remembers. */
    void close() throws Exception {
        as(AutoCloseable.class).close();
    }

    /** Drops everything that leads to its classes. */
    WeakReference<ClassLoader> unload() throws IOException {
        final URLClassLoader dropped = loader;
        tenant = null;
        loader = null;
        if (dropped == null) {
            throw new IllegalStateException(name + " was unloaded before");
        }
        dropped.close();
        return new WeakReference<>(dropped);
    }

    private <T> T as(Class<T> type) {
        final Object present = tenant;
        if (present == null) {
            throw new IllegalStateException(name + " was unloaded");
        }
        return type.cast(present);
    }
}
