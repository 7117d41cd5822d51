package io.codetag.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** Meters in a registry, whose time and whose delayed tasks are moved by hand. */
final class Hand implements AutoCloseable {
    private static final long MAX_AGE = 500_000_000L;

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final CodetagMetrics metrics;
    private final Queue<Runnable> later = new ArrayDeque<>();
    private long now = Long.MAX_VALUE - MAX_AGE; // as System.nanoTime may be, it wraps

    Hand(CodetagMetrics.Builder builder, Source source) {
        final Executor executor = later::add;
        metrics = new CodetagMetrics(builder, source, () -> now, executor);
        metrics.bindTo(registry);
    }

    /** Lets the snapshot become too old, and runs what was put off until then. */
    void passTime() {
        now += MAX_AGE;
        for (Runnable task = later.poll(); task != null; task = later.poll()) {
            task.run();
        }
    }

    /** Reads all series of one meter, by their labels. */
    Map<String, Double> read(String name) {
        return read(registry, name);
    }

    static Map<String, Double> read(MeterRegistry registry, String name) {
        final Map<String, Double> series = new TreeMap<>();
        for (Gauge gauge : registry.find(name).gauges()) {
            final StringBuilder labels = new StringBuilder();
            gauge.getId().getTagsAsIterable().forEach(tag -> labels.append(labels.isEmpty() ? "" : " ")
                    .append(tag.getKey())
                    .append('=')
                    .append(tag.getValue()));
            series.put(labels.toString(), gauge.value());
        }
        return series;
    }

    double sum(String name) {
        return read(name).values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Reads everything, as a registry does that is collected from; returns the number of values. */
    int collect() {
        int values = 0;
        for (Meter meter : registry.getMeters()) {
            for (Measurement measurement : meter.measure()) {
                values += Double.isNaN(measurement.getValue()) ? 0 : 1;
            }
        }
        return values;
    }

    @Override
    public void close() {
        metrics.close();
    }
}
