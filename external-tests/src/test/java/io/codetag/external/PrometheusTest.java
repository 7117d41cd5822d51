package io.codetag.external;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@DisplayName("Prometheus scrapes running programs")
@ExtendWith(Fleet.Provider.class)
class PrometheusTest {
    private static final Pattern REPORTED = Pattern.compile(" *(\\d+) +(\\d+) (\\S+):(\\d+) func:(\\S+) ");
    private static final int PAGE = 4096;
    /** What one block of each call site takes. */
    private static final Map<String, Integer> BLOCKS =
            Map.of("subscribe", PAGE, "turnPage", PAGE, "render", 4 * PAGE, "receive", 16 * PAGE);

    private final Prometheus prometheus;
    private final Fleet fleet;

    PrometheusTest(Fleet fleet) {
        this.fleet = fleet;
        this.prometheus = fleet.prometheus;
    }

    private static String of(LeakHunt program) throws Exception {
        return "{instance=\"" + program.instance() + "\"}";
    }

    /** Returns live bytes and calls of each place, from the program's own report. */
    private static Map<String, List<Double>> report(LeakHunt program) throws Exception {
        final Map<String, List<Double>> report = new TreeMap<>();
        program.get("/allocinfo").lines().skip(2).forEach(line -> {
            final Matcher entry = REPORTED.matcher(line);
            assertTrue(entry.matches(), line);
            report.put(
                    entry.group(3) + ':' + entry.group(4) + ' ' + entry.group(5),
                    List.of(Double.valueOf(entry.group(1)), Double.valueOf(entry.group(2))));
        });
        return report;
    }

    private static String place(PromSeries series) {
        return series.label("file") + ':' + series.label("line") + ' ' + series.label("function");
    }

    private double value(String expression) throws Exception {
        return prometheus.value(expression).orElseThrow(() -> new AssertionError(expression + " is nothing"));
    }

    private static double sum(Map<String, List<Double>> report, int column) {
        return report.values().stream().mapToDouble(each -> each.get(column)).sum();
    }

    @Test
    @DisplayName("under these names, each a gauge with a description")
    void names() throws Exception {
        fleet.awaitScrapes(fleet.leaking, 3);
        final Set<String> names = new TreeSet<>(prometheus.labelValues("__name__", "{__name__=~\"codetag_.*\"}"));
        assertEquals(
                new TreeSet<>(List.of(
                        "codetag_charged_bytes",
                        "codetag_charged_calls",
                        "codetag_inaccurate_tags",
                        "codetag_live_bytes",
                        "codetag_live_calls",
                        "codetag_own_bytes",
                        "codetag_pages_bytes",
                        "codetag_pages_calls",
                        "codetag_pages_untracked_bytes",
                        "codetag_state",
                        "codetag_storage_bytes",
                        "codetag_storage_disabled_allocators",
                        "codetag_storage_escaped_allocators",
                        "codetag_tags",
                        "codetag_unloaded_bytes")),
                names);
        final JsonNode metadata = prometheus.data("metadata");
        for (String name : names) {
            final JsonNode first = metadata.get(name).get(0);
            assertEquals("gauge", first.get("type").asString(), name);
            assertTrue(first.get("help").asString().length() > 10, name);
        }
    }

    @Test
    @DisplayName("with these labels, and no others")
    void labels() throws Exception {
        fleet.awaitScrapes(fleet.leaking, 3);
        final Map<String, Set<String>> expected = Map.of(
                "codetag_live_bytes", Set.of("file", "function", "line", "module"),
                "codetag_live_calls", Set.of("file", "function", "line", "module"),
                "codetag_pages_bytes", Set.of("allocator"),
                "codetag_storage_bytes", Set.of("allocator", "store"),
                "codetag_state", Set.of("state"),
                "codetag_tags", Set.of());
        for (Map.Entry<String, Set<String>> each : expected.entrySet()) {
            final Set<String> labels = new TreeSet<>();
            prometheus
                    .query(each.getKey())
                    .forEach(series -> labels.addAll(series.labels().keySet()));
            final Set<String> all = new TreeSet<>(each.getValue());
            all.addAll(Set.of("__name__", "instance", "job"));
            if (all.remove("module")) { // a label without a value is none: all tags here are core tags
                labels.remove("module");
            }
            assertEquals(all, labels, each.getKey());
        }
    }

    @Test
    @DisplayName("and has what the program's own report says, a series for each tag")
    void equalsTheReport() throws Exception {
        fleet.awaitQuiet(fleet.leaking);
        final Map<String, List<Double>> report = report(fleet.leaking);
        final String selector = of(fleet.leaking);
        final Map<String, Double> bytes = prometheus.query("codetag_live_bytes" + selector).stream()
                .collect(toMap(PrometheusTest::place, PromSeries::value));
        assertEquals(0d, bytes.remove("other: "), "nothing is left for the others");
        assertEquals(report.keySet(), bytes.keySet());
        report.forEach((place, counts) -> assertEquals(counts.get(0), bytes.get(place), place));
        assertEquals(sum(report, 0), value("sum(codetag_live_bytes" + selector + ")"));
        assertEquals(sum(report, 1), value("sum(codetag_live_calls" + selector + ")"));
        assertEquals((double) report.size(), value("codetag_tags" + selector));
        assertEquals(
                sum(report, 0),
                value("sum(codetag_pages_bytes" + selector + ") + sum(codetag_charged_bytes" + selector + ")"));
        assertEquals(0d, value("sum(codetag_pages_untracked_bytes" + selector + ")"));
        assertEquals(1d, value("codetag_state{state=\"on\"," + selector.substring(1)));
    }

    @Test
    @DisplayName("and has the largest and the sum of all others where few tags may have a series")
    void topAndOther() throws Exception {
        fleet.awaitQuiet(fleet.repaired);
        fleet.awaitScrapes(fleet.repaired, 5);
        final Map<String, List<Double>> report = report(fleet.repaired);
        assertTrue(report.size() > Fleet.FEW, report::toString);
        final String selector = of(fleet.repaired);
        final List<PromSeries> series = prometheus.query("codetag_live_bytes" + selector);
        assertEquals(Fleet.FEW + 1, series.size(), series::toString);
        final double own = series.stream()
                .filter(each -> !each.label("file").equals("other"))
                .peek(each -> assertEquals(report.get(place(each)).get(0), each.value(), each::toString))
                .mapToDouble(PromSeries::value)
                .sum();
        assertEquals(sum(report, 0), value("sum(codetag_live_bytes" + selector + ")"));
        assertEquals(sum(report, 1), value("sum(codetag_live_calls" + selector + ")"));
        assertTrue(own > sum(report, 0) / 2, "they are the largest");
    }

    @Test
    @DisplayName("which are never more series than documented, at any scrape, whoever is large at that time")
    void bounded() throws Exception {
        fleet.awaitQuiet(fleet.repaired);
        final String selector = of(fleet.repaired);
        final int allocators = 1;
        final double most = 2 * (Fleet.FEW + 1) + 6 * (allocators + 1) + 10;
        final double all = value("max_over_time(scrape_samples_scraped" + selector + "[1h])");
        assertTrue(all <= most, () -> all + " series, more than " + most);
        final NavigableMap<Long, Integer> others = new TreeMap<>();
        final NavigableMap<Long, Integer> largest = new TreeMap<>();
        for (PromSeries series : prometheus.query("codetag_live_bytes" + selector + "[1h]")) {
            final NavigableMap<Long, Integer> counts = series.label("file").equals("other") ? others : largest;
            series.points().keySet().forEach(time -> counts.merge(time, 1, Integer::sum));
        }
        assertTrue(others.size() >= 5, others::toString);
        assertTrue(others.values().stream().allMatch(count -> count == 1), others::toString);
        assertTrue(others.keySet().containsAll(largest.keySet()), () -> others + "\n" + largest);
        assertTrue(largest.values().stream().allMatch(count -> count <= Fleet.FEW), largest::toString);
    }

    @Test
    @DisplayName("all of one snapshot: bytes and calls belong together at each scrape, while the program works")
    void oneSnapshot() throws Exception {
        fleet.awaitQuiet(fleet.leaking);
        // In one query, since Prometheus scrapes between two.
        final List<PromSeries> all = prometheus.query(
                "{__name__=~\"codetag_live_(bytes|calls)\"," + of(fleet.leaking).substring(1) + "[1h]");
        final Map<String, PromSeries> calls = all.stream()
                .filter(series -> series.label("__name__").equals("codetag_live_calls"))
                .collect(toMap(PrometheusTest::place, series -> series));
        int changes = 0;
        for (PromSeries bytes : all) {
            final Integer block = BLOCKS.get(bytes.label("function"));
            if (block != null && bytes.label("__name__").equals("codetag_live_bytes")) {
                final NavigableMap<Long, Double> expected = new TreeMap<>();
                calls.get(place(bytes)).points().forEach((time, count) -> expected.put(time, count * block));
                assertEquals(expected, bytes.points(), () -> place(bytes));
                changes += (int) bytes.points().values().stream().distinct().count() - 1;
            }
        }
        assertTrue(changes > 5, "the program did work between scrapes");
    }

    @Test
    @DisplayName("and tells which line leaks, in which of them")
    void findsTheLeak() throws Exception {
        final Instant warm = fleet.leaking.await("warm");
        fleet.awaitQuiet(fleet.leaking);
        fleet.awaitQuiet(fleet.repaired);
        final double then = warm.toEpochMilli() / 1000.0 + 1.5; // the first scrape after that
        final List<PromSeries> grown = prometheus.query(
                "topk(1, codetag_live_bytes{file!=\"other\"} - codetag_live_bytes @ " + then + " > 65536)");
        assertEquals(1, grown.size(), grown::toString);
        assertEquals(fleet.leaking.instance(), grown.get(0).label("instance"));
        assertEquals(
                "io/codetag/examples/leakhunt/Subscriptions.java", grown.get(0).label("file"));
        assertEquals("subscribe", grown.get(0).label("function"));
    }
}
