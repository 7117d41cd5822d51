package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The dashboard for Grafana, its queries run by Prometheus")
@ExtendWith(Fleet.Provider.class)
class DashboardTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");
    private static final int COLUMNS = 24;

    private final Fleet fleet;
    private final JsonNode dashboard;

    DashboardTest(Fleet fleet) throws IOException {
        this.fleet = fleet;
        this.dashboard = JSON.readTree(Files.readString(Fleet.DOCS.resolve("grafana/codetag.json")));
    }

    /** Does to a query what Grafana does: with one value, and with the one that means all. */
    private List<String> substituted(String query) throws Exception {
        final String times = query.replace("$__range", "1h").replace("$__rate_interval", "1h");
        final List<String> queries = new ArrayList<>();
        for (Map<String, String> values : List.of(
                Map.of("$job", ".+", "$instance", ".+"),
                Map.of("$job", "codetag", "$instance", fleet.leaking.instance()),
                Map.of(
                        "$job",
                        "codetag",
                        "$instance",
                        '(' + fleet.leaking.instance() + '|' + fleet.repaired.instance() + ')'))) {
            String each = times;
            for (Map.Entry<String, String> value : values.entrySet()) {
                each = each.replace(value.getKey(), value.getValue());
            }
            assertFalse(each.contains("$"), each);
            queries.add(each);
        }
        return queries;
    }

    private List<JsonNode> panels() {
        final List<JsonNode> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panels::add);
        return panels;
    }

    private static List<JsonNode> targets(JsonNode panel) {
        final List<JsonNode> targets = new ArrayList<>();
        panel.get("targets").forEach(targets::add);
        return targets;
    }

    @Test
    @DisplayName("each query succeeds and has data, for one program and for all; each label of a legend is there")
    void queries() throws Exception {
        fleet.awaitScrapes(fleet.leaking, 5);
        fleet.awaitScrapes(fleet.repaired, 5);
        int queries = 0;
        for (JsonNode panel : panels()) {
            for (JsonNode target : targets(panel)) {
                final String expression = target.get("expr").asString();
                for (String query : substituted(expression)) {
                    final List<PromSeries> data = fleet.prometheus.query(query);
                    assertFalse(data.isEmpty(), query);
                    final Set<String> labels = new HashSet<>(Set.of("module")); // empty for core tags
                    data.forEach(series -> labels.addAll(series.labels().keySet()));
                    final Matcher label =
                            LABEL.matcher(target.get("legendFormat").asString());
                    while (label.find()) {
                        assertTrue(labels.contains(label.group(1)), () -> label.group() + " is no label of " + query);
                    }
                    queries++;
                }
            }
        }
        final int expressions = dashboard.findValues("expr").size();
        assertTrue(expressions > 10);
        assertEquals(3 * expressions, queries, "all queries that the file has");
    }

    @Test
    @DisplayName("each variable has values, and is used")
    void variables() throws Exception {
        fleet.awaitScrapes(fleet.leaking, 3);
        fleet.awaitScrapes(fleet.repaired, 3);
        final List<List<String>> all = new ArrayList<>();
        for (JsonNode variable : dashboard.get("templating").get("list")) {
            if (variable.get("type").asString().equals("query")) {
                final String name = variable.get("name").asString();
                final Matcher query =
                        LABEL_VALUES.matcher(variable.get("query").get("query").asString());
                assertTrue(query.matches(), name);
                all.add(fleet.prometheus.labelValues(
                        query.group(2), substituted(query.group(1)).get(0)));
                assertTrue(
                        dashboard.findValuesAsString("expr").stream()
                                .allMatch(expression -> expression.contains("=~\"$" + name + '"')),
                        name);
            }
        }
        assertEquals(List.of("codetag"), all.get(0));
        assertEquals(
                new TreeSet<>(List.of(fleet.leaking.instance(), fleet.repaired.instance())), new TreeSet<>(all.get(1)));
    }

    @Test
    @DisplayName(
            "the panels lie side by side, each with an id, a title and a unit, and ask the data source that is chosen")
    void layout() {
        final Set<Integer> ids = new HashSet<>();
        final Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : panels()) {
            final String title = panel.get("title").asString();
            assertTrue(ids.add(panel.get("id").asInt()), title);
            assertFalse(title.isBlank());
            assertFalse(panel.at("/fieldConfig/defaults/unit").asString().isBlank(), title);
            final JsonNode place = panel.get("gridPos");
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    final int column = place.get("x").asInt() + x;
                    assertTrue(column < COLUMNS, title);
                    assertTrue(taken.add(List.of(column, place.get("y").asInt() + y)), title);
                }
            }
            final Set<String> refs = new HashSet<>();
            for (JsonNode target : targets(panel)) {
                assertTrue(refs.add(target.get("refId").asString()), title);
                assertEquals("${datasource}", target.at("/datasource/uid").asString(), title);
            }
        }
    }
}
