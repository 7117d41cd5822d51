package io.codetag.micrometer;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.core.AllocEntry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The text that Prometheus scrapes")
class PrometheusTextTest {
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    private final Owner owner = new Owner();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** One line of the text. */
    private record Sample(String name, Map<String, String> labels, double value) {}

    private List<Sample> scrape() {
        final List<Sample> samples = new ArrayList<>();
        for (String line : registry.scrape().split("\n", -1)) {
            if (!line.startsWith("#") && !line.isEmpty()) {
                final Matcher sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                samples.add(new Sample(sample.group(1), labels(sample.group(2)), Double.parseDouble(sample.group(3))));
            }
        }
        return samples;
    }

    private static Map<String, String> labels(String text) {
        final Map<String, String> labels = new HashMap<>();
        final Matcher label = LABEL.matcher(text == null ? "" : text);
        int end = 0;
        while (label.find() && label.start() == end) {
            labels.put(label.group(1), label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
            end = label.end();
        }
        assertEquals(text == null ? 0 : text.length(), end, text);
        return labels;
    }

    @Test
    @DisplayName("has names with their units, and the labels of tags")
    void names() {
        owner.owning("plugin", 7, 4096);
        try (CodetagMetrics metrics =
                CodetagMetrics.builder().profiler(owner.profiler).build()) {
            metrics.bindTo(registry);
            final List<Sample> samples = scrape();
            assertTrue(
                    samples.contains(new Sample(
                            "codetag_live_bytes",
                            Map.of("module", "plugin", "file", "com/acme/Pool.java", "line", "7", "function", "take"),
                            4096)),
                    samples::toString);
            assertEquals(
                    List.of(
                            "codetag_charged_bytes",
                            "codetag_charged_calls",
                            "codetag_inaccurate_tags",
                            "codetag_live_bytes",
                            "codetag_live_calls",
                            "codetag_own_bytes",
                            "codetag_pages_bytes",
                            "codetag_pages_calls",
                            "codetag_state",
                            "codetag_storage_bytes",
                            "codetag_storage_disabled_allocators",
                            "codetag_storage_escaped_allocators",
                            "codetag_tags",
                            "codetag_unloaded_bytes"),
                    samples.stream().map(Sample::name).distinct().sorted().toList());
        }
        assertEquals("", registry.scrape().replace("# EOF\n", ""), "nothing is left after closing");
    }

    @Test
    @DisplayName("survives names with any character, keeps them apart, and has the value of each")
    void hostileNames() {
        final List<String> hostile = List.of(
                "a\"b",
                "a\\b",
                "a\\\"b",
                "a\nb",
                "a\\nb",
                "a\rb",
                "a\0b",
                "a\ud800b",
                "a\udc00b",
                "a b",
                "a  b ",
                "a\u202eb",
                "a\u2028b",
                "{a=\"b\"} 1",
                "# TYPE a",
                "\ud83d\ude00",
                "ü",
                "?",
                "a?b",
                "a\u0085b");
        long bytes = 1;
        for (String name : hostile) {
            owner.tag(name, "com.acme.Pool", name + ".java", 1, name).charge(bytes);
            bytes *= 3;
        }
        try (CodetagMetrics metrics =
                CodetagMetrics.builder().profiler(owner.profiler).build()) {
            metrics.bindTo(registry);
            final Map<String, Double> byModule = scrape().stream()
                    .filter(sample -> sample.name().equals("codetag_live_bytes"))
                    .filter(sample -> !sample.labels().get("line").isEmpty())
                    .collect(toMap(sample -> sample.labels().get("module"), Sample::value));
            assertEquals(hostile.size(), byModule.size());
            for (AllocEntry entry : owner.profiler.snapshot().entries()) {
                assertEquals(
                        (double) entry.bytes(),
                        byModule.get(Labels.value(entry.place().module())));
            }
        }
    }
}
