package io.codetag.core;

/** What a {@link HookedStores} store runs before it stores a tag. */
record StoreHook(Runnable beforeStore) {
    static final StoreHook NONE = new StoreHook(() -> {});
}
