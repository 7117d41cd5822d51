package io.codetag.core;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code modules of one tag space: each by its number, those that are class loaders also by their loader. An
 * {@link OutOfMemoryError} leaves everything as it was.
 *
 * <p><b>Thread safety.</b> None: the registry's lock.
 */
final class Modules {
    private final Map<LoaderKey, Module> byLoader;
    private final Map<Integer, Module> byNumber;
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private int last;

    /** The last number as the map has it. */
    private Integer lastKey = 0;

    Modules() {
        this(new HashMap<>(), new HashMap<>());
    }

    Modules(Map<LoaderKey, Module> byLoader, Map<Integer, Module> byNumber) {
        this.byLoader = byLoader;
        this.byNumber = byNumber;
    }

    /** Adds a named module. */
    Module add(String name, boolean withTags) {
        final Integer number = last + 1;
        final Module module = new Module(number, name, withTags);
        put(number, module, null);
        return module;
    }

    /** Adds the module of a class loader that has none yet. */
    Module add(ClassLoader loader, Class<?> type) {
        final Integer number = last + 1;
        final Module module = new Module(number, type);
        put(number, module, new LoaderKey(loader, collected));
        return module;
    }

    /** Takes back the named module that was added last; needs no memory. */
    void takeBackLast() {
        byNumber.remove(lastKey);
        last--;
    }

    @Nullable
    Module ofLoader(ClassLoader loader) {
        return byLoader.get(new LoaderKey(loader, null));
    }

    @Nullable
    Module get(int number) {
        return byNumber.get(number);
    }

    /** Returns what stands for a class loader that was collected; null if there is no further one. Needs no lock. */
    @Nullable
    Reference<?> pollCollected() {
        return collected.poll();
    }

    /** Takes a class loader out that was collected; returns its module, which keeps its number. */
    @Nullable
    Module removeLoader(Reference<?> key) {
        return byLoader.remove(key);
    }

    /** Forgets what can go, unless it is named by a tag or its class loader is there. */
    void forgetAllBut(Set<Module> named) {
        final Set<Module> kept = new HashSet<>(byLoader.values());
        kept.addAll(named);
        byNumber.values().removeIf(module -> module.isForgettable() && !kept.contains(module));
    }

    /** A map that has no memory to grow has the entry already: it is taken out again, which needs none. */
    private void put(Integer number, Module module, @Nullable LoaderKey key) {
        boolean done = false;
        try {
            byNumber.put(number, module);
            if (key != null) {
                byLoader.put(key, module);
            }
            lastKey = number;
            last = number;
            done = true;
        } finally {
            if (!done) {
                byNumber.remove(number);
                if (key != null) {
                    byLoader.remove(key);
                }
            }
        }
    }

    /** A class loader, held weakly and compared by identity: its own equals would be foreign code. */
    static final class LoaderKey extends WeakReference<ClassLoader> {
        private final int hash;

        private LoaderKey(ClassLoader loader, @Nullable ReferenceQueue<ClassLoader> collected) {
            super(loader, collected);
            this.hash = System.identityHashCode(loader);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof LoaderKey key && key.get() != null && key.get() == get());
        }
    }
}
