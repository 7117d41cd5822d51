package io.codetag.micrometer;

import io.codetag.StorageFacts;
import java.util.Comparator;
import java.util.Map;

/**
 * The storage of the allocators of one name and store.
 *
 * @param bytes bytes that their stores occupy
 * @param escaped how many of them have references in the overflow store
 * @param disabled how many of them are not profiled
 */
record StorageFigures(long bytes, int escaped, int disabled) {
    static final StorageFigures ZERO = new StorageFigures(0, 0, 0);

    /** Those that are not as they should be first: they must not vanish among the others. */
    static final Comparator<Map.Entry<StorageKey, StorageFigures>> ORDER = Comparator.comparing(
                    Map.Entry<StorageKey, StorageFigures>::getValue,
                    Comparator.comparingInt(StorageFigures::disabled)
                            .thenComparingInt(StorageFigures::escaped)
                            .thenComparingLong(StorageFigures::bytes)
                            .reversed())
            .thenComparing(Map.Entry::getKey);

    static StorageFigures of(StorageFacts facts) {
        final boolean off = facts.disabledReason() != null || facts.store().equals("none");
        return new StorageFigures(facts.bytesOccupied(), facts.escaped() ? 1 : 0, off ? 1 : 0);
    }

    StorageFigures plus(StorageFigures other) {
        return new StorageFigures(bytes + other.bytes, escaped + other.escaped, disabled + other.disabled);
    }
}
