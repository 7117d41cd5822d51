package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.codetag.AllocCounts;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.PlaceText;
import io.codetag.tools.hostile.HostileReports;
import io.codetag.tools.report.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Whatever the names of classes, methods, files and modules,")
class PageFuzzTest {
    private static final int ENTRIES = 400;
    private static final Pattern DATA =
            Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>");

    private static List<Long> seeds() {
        return HostileReports.seeds();
    }

    private static Map<Place, Long> expected(AllocInfo info) {
        final Map<Place, Long> bytes = new HashMap<>();
        for (AllocEntry entry : info.entries()) {
            bytes.merge(Place.of(entry.place()), entry.bytes(), Long::sum);
        }
        return bytes;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("the page's data ends where it should and gives them back exactly,")
    void page(long seed) throws IOException {
        final Sample sample = HostileReports.sample(seed, ENTRIES);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.write(PageContent.of(HostileReports.names(seed).name(), "here", sample), out);
        final Matcher data = DATA.matcher(out.toString(StandardCharsets.UTF_8));
        assertEquals(true, data.find());
        final Map<String, Object> page = Json.object(data.group(1));
        assertEquals(HostileReports.names(seed).name(), page.get("title"));
        final List<String> strings = Json.asList(page.get("strings"));
        final Map<String, Object> tags = Json.asObject(page.get("tags"));
        final Map<Place, Long> read = new HashMap<>();
        final List<Long> bytes = Json.asList(tags.get("bytes"));
        for (int row = 0; row < bytes.size(); row++) {
            read.merge(
                    new Place(
                            string(strings, tags, "folder", row),
                            string(strings, tags, "file", row),
                            number(tags, "line", row),
                            string(strings, tags, "function", row),
                            string(strings, tags, "module", row)),
                    bytes.get(row),
                    Long::sum);
        }
        assertEquals(expected(sample.info()), read);
    }

    private static int number(Map<String, Object> tags, String column, int row) {
        return Math.toIntExact(Json.<Long>asList(tags.get(column)).get(row));
    }

    private static String string(List<String> strings, Map<String, Object> tags, String column, int row) {
        return strings.get(number(tags, column, row));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("the metrics are valid and their labels give them back exactly,")
    void metrics(long seed) throws IOException {
        final AllocInfo info = HostileReports.sample(seed, ENTRIES).info();
        final StringBuilder text = new StringBuilder();
        OpenMetrics.write(info, null, null, 2 * ENTRIES, text);
        final Map<Place, Long> read = new HashMap<>();
        OpenMetricsText.parse(text.toString())
                .family("codetag_live_bytes")
                .samples()
                .forEach((labels, bytes) -> {
                    if (labels.get("line").isEmpty()) {
                        assertEquals(0, bytes, "what is not among the largest");
                    } else {
                        read.merge(place(labels), bytes, Long::sum);
                    }
                });
        assertEquals(expected(info), read);
        assertFalse(expected(info).containsValue(AllocCounts.ZERO.bytes()));
    }

    private static Place place(Map<String, String> labels) {
        final String path = PlaceText.unescape(labels.get("file"));
        final int slash = path.lastIndexOf('/');
        return new Place(
                slash < 0 ? "" : path.substring(0, slash),
                path.substring(slash + 1),
                Integer.parseInt(labels.get("line")),
                PlaceText.unescape(labels.get("function")),
                PlaceText.unescape(labels.get("module")));
    }
}
