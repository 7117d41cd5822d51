package io.codetag.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("What editors know of the settings")
class MetadataTest {
    private static final String FILE = "/META-INF/spring-configuration-metadata.json";
    private static final Pattern ROW = Pattern.compile("^\\| `(codetag\\.[a-z.-]+)` \\|", Pattern.MULTILINE);

    private static Map<String, JsonNode> properties() throws Exception {
        final Map<String, JsonNode> properties = new TreeMap<>();
        try (InputStream metadata = CodetagProperties.class.getResourceAsStream(FILE)) {
            JsonMapper.builder()
                    .build()
                    .readTree(metadata)
                    .get("properties")
                    .forEach(property -> properties.put(property.get("name").asString(), property));
        }
        properties.keySet().removeIf(name -> !name.startsWith("codetag."));
        return properties;
    }

    @Test
    @DisplayName("is each of them, with its type and what it is, and the default where the profiler has none")
    void described() throws Exception {
        final Map<String, JsonNode> properties = properties();
        properties.forEach((name, property) -> {
            assertFalse(property.get("description").asString().isBlank(), name);
            assertFalse(property.get("type").asString().isBlank(), name);
        });
        assertEquals(
                50, properties.get("codetag.metrics.top").get("defaultValue").asInt());
        assertEquals(
                "500ms",
                properties.get("codetag.metrics.max-age").get("defaultValue").asString());
        assertEquals(
                "io.codetag.OverflowPolicy",
                properties.get("codetag.overflow").get("type").asString());
    }

    @Test
    @DisplayName("is what the README lists")
    void listed() throws Exception {
        final List<String> rows = ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
        final Set<String> listed = new TreeSet<>(rows);
        assertEquals(rows.size(), listed.size(), "each once");
        assertEquals(properties().keySet(), listed);
    }
}
