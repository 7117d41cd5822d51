package io.codetag.micrometer;

import io.codetag.StorageFacts;
import io.micrometer.core.instrument.Tags;
import java.util.Comparator;

/**
 * What the labels of an allocator's storage are made of.
 *
 * @param allocator the allocator's name
 * @param store the name of its main store; {@code none} when its pages are not profiled
 */
record StorageKey(String allocator, String store) implements Comparable<StorageKey> {
    /** All allocators that have no series of their own; none is like it, since each has a store. */
    static final StorageKey OTHER = new StorageKey("other", "");

    private static final Comparator<StorageKey> BY_NAME =
            Comparator.comparing(StorageKey::allocator).thenComparing(StorageKey::store);

    static StorageKey of(StorageFacts facts) {
        return new StorageKey(facts.allocator(), facts.store());
    }

    Tags labels() {
        return Tags.of("allocator", Labels.value(allocator), "store", Labels.value(store));
    }

    @Override
    public int compareTo(StorageKey other) {
        return BY_NAME.compare(this, other);
    }
}
