package io.codetag.micrometer;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Figures of many things, few of which have a series of their own.
 *
 * @param own the figures of those that had one when this was read, as far as they were still there
 * @param other the sum of all the rest
 * @param largest those that should have one from now on
 */
record Ranked<K, V>(Map<K, V> own, V other, Set<K> largest) {
    /**
     * Parts figures.
     *
     * @param all the figures of all
     * @param limit how many may have a series
     * @param order those that should have one first
     * @param series which have one
     * @param zero nothing
     * @param plus adds two
     */
    static <K, V> Ranked<K, V> of(
            Map<K, V> all,
            int limit,
            Comparator<Map.Entry<K, V>> order,
            Set<K> series,
            V zero,
            BinaryOperator<V> plus) {
        final Map<K, V> own = new HashMap<>();
        V other = zero;
        final PriorityQueue<Map.Entry<K, V>> first = new PriorityQueue<>(order.reversed());
        for (Map.Entry<K, V> each : all.entrySet()) {
            if (series.contains(each.getKey())) {
                own.put(each.getKey(), each.getValue());
            } else {
                other = plus.apply(other, each.getValue());
            }
            first.add(each);
            if (first.size() > limit) {
                first.remove();
            }
        }
        return new Ranked<>(own, other, first.stream().map(Map.Entry::getKey).collect(toUnmodifiableSet()));
    }

    /** Returns the figures of a series; those of nothing for one that is leaving, or for a thing that is gone. */
    V get(K key, V zero) {
        return own.getOrDefault(key, zero);
    }
}
