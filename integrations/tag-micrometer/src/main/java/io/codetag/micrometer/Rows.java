package io.codetag.micrometer;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A meter with a series for each of some things, and one for all others.
 *
 * @param gauge the meter
 * @param value which of the figures it shows
 */
record Rows<K, V>(MultiGauge gauge, ToDoubleFunction<V> value) {
    /** Series that stay are left untouched, so that whoever collects at this moment does not miss them. */
    void show(Set<K> keys, Function<K, Tags> labels, Tags otherLabels, Function<K, V> figures, Supplier<V> other) {
        final List<MultiGauge.Row<?>> rows = new ArrayList<>(keys.size() + 1);
        for (K key : keys) {
            rows.add(MultiGauge.Row.of(labels.apply(key), () -> value.applyAsDouble(figures.apply(key))));
        }
        rows.add(MultiGauge.Row.of(otherLabels, () -> value.applyAsDouble(other.get())));
        gauge.register(rows, false);
    }

    void remove() {
        gauge.register(List.of(), false);
    }
}
