package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayName("What is documented for Prometheus")
@ExtendWith(Fleet.Provider.class)
class MetricsDocsTest {
    private static final Pattern QUERIES = Pattern.compile("```promql\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\bcodetag_[a-z_]+");
    private static final Path RULES = Fleet.DOCS.resolve("prometheus/codetag-alerts.yml");

    private final Fleet fleet;

    MetricsDocsTest(Fleet fleet) {
        this.fleet = fleet;
    }

    private static String metrics() throws Exception {
        return Files.readString(Fleet.DOCS.resolve("metrics.md"));
    }

    private static Set<String> names(String text) {
        return new TreeSet<>(
                NAME.matcher(text).results().map(MatchResult::group).toList());
    }

    /** Runs promtool to its end, which has to be a good one. */
    private static void promtool(Path folder, String... arguments) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(ExternalProgram.PROMTOOL.require().toString());
        command.addAll(List.of(arguments));
        final Path out = folder.resolve("promtool.out");
        final Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(out));
    }

    @Test
    @DisplayName("metrics.md names each meter that there is, and none that there is not")
    void names() throws Exception {
        fleet.awaitScrapes(fleet.leaking, 3);
        assertEquals(
                new TreeSet<>(fleet.prometheus.labelValues("__name__", "{__name__=~\"codetag_.*\"}")),
                names(metrics()));
    }

    @Test
    @DisplayName("each query in metrics.md succeeds and has data")
    void queries() throws Exception {
        fleet.awaitQuiet(fleet.leaking);
        int queries = 0;
        for (MatchResult block : QUERIES.matcher(metrics()).results().toList()) {
            for (String query : block.group(1).split("\\n\\n", -1)) {
                assertFalse(fleet.prometheus.query(query).isEmpty(), query);
                queries++;
            }
        }
        assertTrue(queries >= 5, "found " + queries);
    }

    @Test
    @DisplayName("the alert rules and the configuration are right, says promtool")
    void checked(@TempDir Path folder) throws Exception {
        Files.copy(RULES, folder.resolve("codetag-alerts.yml"));
        Files.copy(Fleet.DOCS.resolve("prometheus/prometheus.yml"), folder.resolve("prometheus.yml"));
        promtool(folder, "check", "rules", "codetag-alerts.yml");
        promtool(folder, "check", "config", "prometheus.yml");
    }

    @Test
    @DisplayName("each alert fires when it should, and is silent when it should be")
    void alerts(@TempDir Path folder) throws Exception {
        Files.copy(RULES, folder.resolve("codetag-alerts.yml"));
        try (InputStream tests = MetricsDocsTest.class.getResourceAsStream("/codetag-alerts-test.yml")) {
            Files.copy(tests, folder.resolve("codetag-alerts-test.yml"));
        }
        promtool(folder, "test", "rules", "codetag-alerts-test.yml");
        final String text = Files.readString(folder.resolve("codetag-alerts-test.yml"));
        for (MatchResult alert : Pattern.compile("alert: (\\w+)")
                .matcher(Files.readString(RULES))
                .results()
                .toList()) {
            assertTrue(text.contains("alertname: " + alert.group(1)), alert::group);
        }
    }

    @Test
    @DisplayName("the alert rules are evaluated by a running Prometheus, over meters that there are")
    void evaluated() throws Exception {
        fleet.awaitScrapes(fleet.leaking, 3);
        final Set<String> known = new TreeSet<>(fleet.prometheus.labelValues("__name__", "{__name__=~\"codetag_.*\"}"));
        assertTrue(known.containsAll(names(Files.readString(RULES))), known::toString);
        final List<String> states = Waiting.until("each rule was evaluated", () -> {
            final List<String> health = new ArrayList<>();
            for (JsonNode group : fleet.prometheus.data("rules").get("groups")) {
                group.get("rules").forEach(rule -> health.add(rule.get("health").asString()));
            }
            return Optional.of(health).filter(all -> !all.contains("unknown"));
        });
        assertEquals(Set.of("ok"), Set.copyOf(states));
    }
}
