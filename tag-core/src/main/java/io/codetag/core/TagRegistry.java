package io.codetag.core;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeTag;
import io.codetag.spi.HeapSizes;
import io.codetag.spi.TagCodes;
import io.codetag.spi.TagDeclaration;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** By id; replaced when it grows. Elements are written under the lock before {@code highWater}. */
    private volatile @Nullable TagRecord[] records = new TagRecord[64];

    /** The {@link FileKey} of each record's place, as long as the records, and written with them. */
    private volatile int[] fileKeys = new int[64];

    /** Ids below this may be in use; written under the lock. */
    private volatile int highWater;

    private final AtomicLong contentId = new AtomicLong();

    /** All guarded by the lock. */
    private final IdSet used = new IdSet();

    private final Modules modules = new Modules();
    private final Set<TagRecord> waiting = new LinkedHashSet<>();

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
        final int[] numbers = new int[tags.size() + 1];
        boolean added = false;
        int begun = 0;
        lock.lock();
        try {
            if (MAX_TAGS - used.size() < tags.size()) {
                throw new IllegalStateException("module '" + name + "' brings " + tags.size() + " tags, but only "
                        + (MAX_TAGS - used.size()) + " of " + MAX_TAGS
                        + " ids are free; unload a module or load fewer tags");
            }
            final Module module = modules.add(name, !tags.isEmpty());
            added = true;
            numbers[0] = module.number();
            while (begun < tags.size()) {
                final CodeTag place = places.get(begun).inModule(null);
                final AllocTag tag = tags.get(begun);
                final int id = used.lowestFree();
                begun++;
                numbers[begun] = id + TagCodes.FIRST_TAG;
                insert(id, tag, place, place, module);
            }
            contentId.incrementAndGet();
            return numbers;
        } catch (RuntimeException | Error failure) { // undone without memory, since that may be what lacks
            for (int i = 1; i <= begun; i++) {
                remove(numbers[i] - TagCodes.FIRST_TAG);
            }
            if (added) {
                modules.takeBackLast();
            }
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
        for (var key = modules.pollCollected(); key != null; key = modules.pollCollected()) {
            lock.lock();
            try {
                final Module module = modules.removeLoader(key);
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
                final Set<Module> named = new HashSet<>();
                for (TagRecord record : snapshot()) {
                    if (record.module() != null) {
                        named.add(record.module());
                    }
                }
                modules.forgetAllBut(named);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the tags in use, by ascending code. */
    List<TagRecord> snapshot() {
        return snapshot(FileKey.ANY);
    }

    /** Returns the tags in use whose file may be one that is wanted, by ascending code. */
    List<TagRecord> snapshot(int wantedFile) {
        final int end = highWater;
        final @Nullable TagRecord[] current = records;
        final int[] keys = fileKeys;
        final List<TagRecord> present = new ArrayList<>(wantedFile == FileKey.ANY ? end : 16);
        for (int id = 0; id < end; id++) {
            if (FileKey.may(keys[id], wantedFile)) {
                final TagRecord record = current[id];
                if (record != null) {
                    present.add(record);
                }
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
            return HeapSizes.references(records.length)
                    + HeapSizes.array(fileKeys.length, Integer.BYTES)
                    + used.bytesOccupied()
                    + used.size() * BYTES_PER_TAG;
        } finally {
            lock.unlock();
        }
    }

    long contentId() {
        return contentId.get();
    }

    private void insert(int id, AllocTag tag, CodeTag declaration, CodeTag place, @Nullable Module module) {
        if (id >= records.length) {
            fileKeys = Arrays.copyOf(fileKeys, records.length * 2);
            records = Arrays.copyOf(records, records.length * 2);
        }
        final TagRecord record =
                new TagRecord(id + TagCodes.FIRST_TAG, tag, declaration, place, module, collectedHandles);
        used.add(id);
        fileKeys[id] = FileKey.of(place.file());
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
        if (loader == null || isCore(loader)) {
            return null;
        }
        final Module known = modules.ofLoader(loader);
        if (known != null) {
            return known;
        }
        final Module module = modules.add(loader, type);
        contentId.incrementAndGet();
        return module;
    }

    /** The loader that defined the vocabulary, and its parents, are core. */
    private static boolean isCore(ClassLoader loader) {
        for (ClassLoader core = AllocTags.class.getClassLoader(); core != null; core = core.getParent()) {
            if (loader == core) {
                return true;
            }
        }
        return false;
    }
}
