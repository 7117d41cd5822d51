package io.codetag.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Puts entries in order. */
final class EntryOrder {
    private EntryOrder() {}

    /** Returns all entries in an order. */
    static List<AllocEntry> sorted(List<AllocEntry> entries, AllocOrder order) {
        final List<Keyed> keyed = new ArrayList<>(entries.size());
        for (AllocEntry entry : entries) {
            keyed.add(new Keyed(entry, PlaceKey.of(entry.place())));
        }
        keyed.sort(comparator(order));
        return entriesOf(keyed);
    }

    /** Returns the first entries in an order, in that order. */
    static List<AllocEntry> first(List<AllocEntry> entries, int count, AllocOrder order) {
        if (count >= entries.size()) {
            return sorted(entries, order);
        }
        if (count == 0) {
            return List.of();
        }
        final Comparator<Keyed> all = comparator(order);
        final PriorityQueue<Keyed> kept = new PriorityQueue<>(count, all.reversed());
        for (AllocEntry entry : entries) {
            if (kept.size() < count) {
                kept.add(new Keyed(entry, PlaceKey.of(entry.place())));
            } else if (order.compareNumbers(entry, kept.element().entry()) <= 0) {
                // Few entries come here: for the others no key is made.
                kept.add(new Keyed(entry, PlaceKey.of(entry.place())));
                kept.remove();
            }
        }
        final List<Keyed> result = new ArrayList<>(kept);
        result.sort(all);
        return entriesOf(result);
    }

    private static Comparator<Keyed> comparator(AllocOrder order) {
        return Comparator.comparing(Keyed::entry, order::compareNumbers)
                .thenComparing(Keyed::key)
                .thenComparingInt(keyed -> keyed.entry().code());
    }

    private static List<AllocEntry> entriesOf(List<Keyed> keyed) {
        return keyed.stream().map(Keyed::entry).toList();
    }

    /** An entry with its place made comparable, once rather than at each comparison. */
    private record Keyed(AllocEntry entry, PlaceKey key) {}
}
