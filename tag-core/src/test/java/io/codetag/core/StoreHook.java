package io.codetag.core;

import java.util.function.Consumer;

/**
 * What a {@link HookedStores} store runs before it stores a tag, and, when it scans many pages, before the lower and
 * before the upper half of them.
 */
record StoreHook(Runnable beforeStore, Consumer<Half> beforeScan) {
    static final StoreHook NONE = new StoreHook(() -> {});

    /** Which pages are about to be scanned. */
    enum Half {
        LOWER,
        UPPER
    }

    StoreHook(Runnable beforeStore) {
        this(beforeStore, half -> {});
    }

    static StoreHook scanning(Consumer<Half> beforeScan) {
        return new StoreHook(() -> {}, beforeScan);
    }
}
