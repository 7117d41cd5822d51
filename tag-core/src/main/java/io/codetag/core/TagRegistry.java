package io.codetag.core;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeTag;
import io.codetag.spi.HeapSizes;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagDeclaration;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one tag space, and the code modules that brought them.
 *
 * <pre>
 *   id:      free --first use, load--> in use --handle collected--> waiting --all credited--> free
 *   module:  loaded --unload(), or its class loader collected--> unloaded
 * </pre>
 *
 * The lowest free id is handed out first. One lock guards all changes; records are read without it.
 */
final class TagRegistry {
    /** The most tags one space can have: what the counters can count for. */
    static final int MAX_TAGS = 1 << 22;

    /** A record, two places, the handle, its declaration, and its entry in the map of its class. */
    private static final long BYTES_PER_TAG = HeapSizes.object(8 * HeapSizes.referenceBytes() + 6)
            + 2 * HeapSizes.object(4 * HeapSizes.referenceBytes() + 4)
            + HeapSizes.object(2 * HeapSizes.referenceBytes() + 5)
            + HeapSizes.object(2 * HeapSizes.referenceBytes())
            + HeapSizes.object(3 * HeapSizes.referenceBytes() + 4)
            + HeapSizes.object(2 * HeapSizes.referenceBytes() + 8);

    private final AtomicBoolean full = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReferenceQueue<AllocTag> collectedHandles = new ReferenceQueue<>();
    private final ReferenceQueue<ClassLoader> collectedLoaders = new ReferenceQueue<>();

    /** By id; replaced when it grows. Elements are written under the lock before {@code highWater}. */
    private volatile @Nullable TagRecord[] records = new TagRecord[64];

    /** Ids below this may be in use; written under the lock. */
    private volatile int highWater;

    private final AtomicLong contentId = new AtomicLong();

    /** All guarded by the lock. */
    private final IdSet used = new IdSet();

    private final Map<LoaderKey, Module> modulesByLoader = new HashMap<>();
    private final Map<Integer, Module> modules = new HashMap<>();
    private final Set<TagRecord> waiting = new LinkedHashSet<>();
    private int lastModule;

    /** Whether a module may have lost its last tag, or was unloaded, since modules were last looked at. */
    private boolean maybeEmpty;

    /** Gives a tag an id at first use; returns its code, or 0 if there is none left or the caller re-enters. */
    int register(AllocTag tag, TagDeclaration declaration, CodeTag place) {
        if (lock.isHeldByCurrentThread()) {
            return TagCodes.NONE;
        }
        lock.lock();
        try {
            final int id = used.lowestFree();
            if (id >= MAX_TAGS) {
                return TagCodes.NONE;
            }
            final Class<?> type = declaration.type();
            insert(id, tag, declaration.place(), place, type == null ? null : moduleOf(type));
            contentId.incrementAndGet();
            return id + TagCodes.FIRST_TAG;
        } finally {
            lock.unlock();
        }
    }

    /** Loads a named module; returns its number and then the codes, in the order of the tags. */
    int[] load(String name, List<AllocTag> tags, List<CodeTag> places) {
        final List<Integer> taken = new ArrayList<>();
        lock.lock();
        try {
            if (MAX_TAGS - used.size() < tags.size()) {
                throw new IllegalStateException("module '" + name + "' brings " + tags.size() + " tags, but only "
                        + (MAX_TAGS - used.size()) + " of " + MAX_TAGS
                        + " ids are free; unload a module or load fewer tags");
            }
            final Module module = new Module(lastModule + 1, name, !tags.isEmpty());
            final int[] numbers = new int[tags.size() + 1];
            numbers[0] = module.number();
            for (int i = 0; i < tags.size(); i++) {
                final int id = used.lowestFree();
                taken.add(id);
                final CodeTag place = places.get(i).inModule(null);
                insert(id, tags.get(i), place, place, module);
                numbers[i + 1] = id + TagCodes.FIRST_TAG;
            }
            modules.put(module.number(), module);
            lastModule++;
            contentId.incrementAndGet();
            return numbers;
        } catch (RuntimeException | Error failure) {
            taken.forEach(this::remove);
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the module of a class; null for core tags. */
    @Nullable
    Module moduleFor(Class<?> type) {
        lock.lock();
        try {
            return moduleOf(type);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Module module(int number) {
        lock.lock();
        try {
            return modules.get(number);
        } finally {
            lock.unlock();
        }
    }

    /** Marks a module as unloaded; returns whether it was loaded until now. */
    boolean unload(int number) {
        lock.lock();
        try {
            final Module module = modules.get(number);
            if (module == null || module.isUnloaded()) {
                return false;
            }
            module.markUnloaded();
            maybeEmpty = true;
            contentId.incrementAndGet();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the modules whose class loaders were collected since the last call, now marked as unloaded. */
    List<Module> unloadCollected() {
        final List<Module> unloaded = new ArrayList<>();
        for (var key = collectedLoaders.poll(); key != null; key = collectedLoaders.poll()) {
            lock.lock();
            try {
                final Module module = modulesByLoader.remove(key);
                maybeEmpty = true;
                if (module != null && !module.isUnloaded()) {
                    module.markUnloaded();
                    contentId.incrementAndGet();
                    unloaded.add(module);
                }
            } finally {
                lock.unlock();
            }
        }
        return unloaded;
    }

    /**
     * Frees the ids whose handles were collected and whose counters read zero.
     *
     * @param isSettled says of a code whether everything charged to it was credited
     */
    void recycle(IntPredicate isSettled) {
        // Summing counters takes time, and first uses wait for the lock. Whose handle is gone is charged nothing more.
        final List<TagRecord> settled = new ArrayList<>();
        for (TagRecord record : collected()) {
            if (isSettled.test(record.code())) {
                settled.add(record);
            }
        }
        lock.lock();
        try {
            for (TagRecord record : settled) {
                if (waiting.remove(record)) {
                    remove(record.code() - TagCodes.FIRST_TAG);
                    contentId.incrementAndGet();
                    maybeEmpty = true;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the tags whose handles were collected. */
    private List<TagRecord> collected() {
        lock.lock();
        try {
            for (var handle = collectedHandles.poll(); handle != null; handle = collectedHandles.poll()) {
                waiting.add((TagRecord) handle);
            }
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets modules that no tag names any more, once nobody can ask for them. */
    void forgetEmptyModules() {
        lock.lock();
        try {
            if (maybeEmpty) {
                maybeEmpty = false;
                final Set<Module> kept = new HashSet<>(modulesByLoader.values());
                for (TagRecord record : snapshot()) {
                    if (record.module() != null) {
                        kept.add(record.module());
                    }
                }
                modules.values().removeIf(module -> module.isForgettable() && !kept.contains(module));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the tags in use, by ascending code. */
    List<TagRecord> snapshot() {
        final int end = highWater;
        final @Nullable TagRecord[] current = records;
        final List<TagRecord> present = new ArrayList<>(end);
        for (int id = 0; id < end; id++) {
            final TagRecord record = current[id];
            if (record != null) {
                present.add(record);
            }
        }
        return present;
    }

    /** Returns the tag of a code; null if there is none. */
    @Nullable
    TagRecord record(int code) {
        final int id = code - TagCodes.FIRST_TAG;
        final int end = highWater;
        return id < 0 || id >= end ? null : records[id];
    }

    /** Returns one more than the largest code in use. */
    int codeBound() {
        return highWater + TagCodes.FIRST_TAG;
    }

    int inUse() {
        lock.lock();
        try {
            return used.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isFull() {
        return inUse() >= MAX_TAGS;
    }

    /** Says true once, for the one warning. */
    boolean firstFull() {
        return full.compareAndSet(false, true);
    }

    /**
     * Returns the memory of ids, places and handles, in bytes: the objects of each tag, without the characters of its
     * names, which belong to its class.
     */
    long bytesOccupied() {
        lock.lock();
        try {
            return HeapSizes.references(records.length) + used.bytesOccupied() + used.size() * BYTES_PER_TAG;
        } finally {
            lock.unlock();
        }
    }

    long contentId() {
        return contentId.get();
    }

    private void insert(int id, AllocTag tag, CodeTag declaration, CodeTag place, @Nullable Module module) {
        if (id >= records.length) {
            records = Arrays.copyOf(records, records.length * 2);
        }
        final TagRecord record =
                new TagRecord(id + TagCodes.FIRST_TAG, tag, declaration, place, module, collectedHandles);
        used.add(id);
        records[id] = record;
        highWater = used.end();
    }

    /** Takes an id out of use; also one for whose record there was no memory. */
    private void remove(int id) {
        if (id < records.length) {
            records[id] = null;
        }
        used.remove(id);
        highWater = used.end();
    }

    private @Nullable Module moduleOf(Class<?> type) {
        final ClassLoader loader = type.getClassLoader();
        if (isCore(loader)) {
            return null;
        }
        final LoaderKey probe = new LoaderKey(loader, null);
        final Module known = modulesByLoader.get(probe);
        if (known != null) {
            return known;
        }
        final Module module = new Module(++lastModule, type);
        modulesByLoader.put(new LoaderKey(loader, collectedLoaders), module);
        modules.put(module.number(), module);
        contentId.incrementAndGet();
        return module;
    }

    /** The loader that defined the vocabulary, and its parents, are core. */
    private static boolean isCore(@Nullable ClassLoader loader) {
        for (ClassLoader core = AllocTags.class.getClassLoader(); core != null; core = core.getParent()) {
            if (loader == core) {
                return true;
            }
        }
        return loader == null;
    }

    /** A class loader, held weakly and compared by identity: its own equals would be foreign code. */
    private static final class LoaderKey extends WeakReference<ClassLoader> {
        private final int hash;

        LoaderKey(ClassLoader loader, @Nullable ReferenceQueue<ClassLoader> collected) {
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
