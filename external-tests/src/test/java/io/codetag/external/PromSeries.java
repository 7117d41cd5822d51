package io.codetag.external;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A time series as Prometheus answers it.
 *
 * @param labels the labels, the name among them where it has one
 * @param points milliseconds since the epoch, and the value
 */
record PromSeries(Map<String, String> labels, NavigableMap<Long, Double> points) {
    /** Reads an element of the result of a query: of a vector or of a matrix. */
    static PromSeries of(JsonNode json) {
        final Map<String, String> labels = new TreeMap<>();
        json.get("metric")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        final NavigableMap<Long, Double> points = new TreeMap<>();
        final JsonNode values = json.get("values");
        if (values == null) {
            add(points, json.get("value"));
        } else {
            values.forEach(point -> add(points, point));
        }
        return new PromSeries(labels, points);
    }

    private static void add(NavigableMap<Long, Double> points, JsonNode point) {
        points.put(
                Math.round(point.get(0).asDouble() * 1000),
                Double.parseDouble(point.get(1).asString()));
    }

    String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** Returns the last value. */
    double value() {
        return points.get(points.lastKey());
    }
}
