package io.codetag.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.ProfilingState;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfoText;
import io.codetag.core.AllocOrder;
import io.codetag.core.Profiler;
import io.codetag.spring.RunningApplication.Never;
import io.codetag.spring.RunningApplication.Plain;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("The endpoint allocinfo, over HTTP")
class EndpointTest {
    private static final String EXPOSED = "--management.endpoints.web.exposure.include=allocinfo";
    private static final String WRITABLE = "--management.endpoint.allocinfo.access=unrestricted";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningApplication application;
    private static CodeModule module;

    @BeforeAll
    static void start() {
        application = RunningApplication.start(Plain.class, EXPOSED, WRITABLE);
        module = CodeModule.load(
                "shop",
                List.of(
                        CodeTag.of("com.acme.Cart", "Cart.java", 10, "add"),
                        CodeTag.of("com.acme.Cart", "Cart.java", 20, "copy"),
                        CodeTag.of("com.acme.Search", "Search.java", 30, "postings")));
        long bytes = 1000;
        for (AllocTag tag : module.tags()) {
            tag.charge(bytes);
            bytes *= 2;
        }
        module.tags().get(0).charge(1);
        module.tags().get(0).charge(1);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static List<String> lines(String query) throws IOException, InterruptedException {
        final HttpResponse<String> response = application.get("allocinfo?" + query, "text/plain");
        assertEquals(200, response.statusCode(), response::body);
        return response.body().lines().skip(2).toList();
    }

    @Test
    @DisplayName("gives the text report, byte for byte, to who wants text")
    void text() throws Exception {
        final StringBuilder expected = new StringBuilder();
        AllocInfoText.V2_0.write(Profiler.get().snapshot().sortedBy(AllocOrder.BYTES), expected);
        final HttpResponse<String> response = application.get("allocinfo", "text/plain");
        assertEquals(expected.toString(), response.body());
        assertEquals(
                "text/plain;charset=UTF-8",
                response.headers().firstValue("Content-Type").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json"})
    @DisplayName("gives JSON with entries, state, totals and storage to everybody else")
    void json(String accept) throws Exception {
        final HttpResponse<String> response = application.get("allocinfo?module=shop", accept);
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElseThrow());
        final Map<?, ?> report = JSON.readValue(response.body(), Map.class);
        assertEquals(1, report.get("version"));
        assertEquals("on", report.get("profiling"));
        assertEquals(List.of(), report.get("storage"));
        assertTrue(report.get("totals") instanceof Map<?, ?> totals && totals.containsKey("charged"));
        final List<?> entries = (List<?>) report.get("entries");
        assertEquals(3, entries.size());
        final Map<?, ?> first = (Map<?, ?>) entries.get(0);
        assertEquals(4000, first.get("bytes"));
        assertEquals("com/acme/Search.java", first.get("path"));
    }

    @ParameterizedTest
    @CsvSource({
        "module=shop, 'postings copy add'",
        "module=shop&sort=calls, 'add postings copy'",
        "module=shop&sort=place, 'add copy postings'",
        "module=shop&top=2, 'postings copy'",
        "module=shop&top=0, 'postings copy add'",
        "module=shop&top=2&sort=place, 'copy postings'",
        "file=Cart.java, 'copy add'",
        "file=com/acme/Cart.java&line=20, copy",
        "function=add, add",
        "minBytes=1500&module=shop, 'postings copy'",
        "maxBytes=2000&module=shop, 'copy add'",
        "minBytes=1500&maxBytes=2000&module=shop, copy",
        "accurate=false&module=shop, ''",
        "accurate=true&module=shop&function=copy, copy",
        "module=nobody, ''"
    })
    @DisplayName("shows what passes all filters, in the order asked for")
    void filters(String query, String functions) throws Exception {
        final List<String> expected = functions.isEmpty() ? List.of() : List.of(functions.split(" "));
        assertEquals(
                expected,
                lines(query).stream()
                        .map(line -> line.replaceFirst(".* func:(\\S+) $", "$1"))
                        .toList());
    }

    @Test
    @DisplayName("tells core tags from those of modules")
    void coreTags() throws Exception {
        assertTrue(lines("module=").stream().noneMatch(line -> line.contains("[shop]")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line=x",
                "line=-1",
                "minBytes=-1",
                "minBytes=1.5",
                "minBytes=2&maxBytes=1",
                "maxBytes=9223372036854775808",
                "top=-1",
                "top=all",
                "sort=size",
                "sort=BYTES",
                "accurate=maybe"
            })
    @DisplayName("answers 400 to an argument that it cannot take")
    void badArguments(String query) throws Exception {
        assertEquals(400, application.get("allocinfo?" + query).statusCode());
        assertEquals(400, application.get("allocinfo?" + query, "text/plain").statusCode());
    }

    @Test
    @DisplayName("switches profiling off and on, and says the state")
    void toggles() throws Exception {
        try {
            assertEquals(
                    "{\"state\":\"draining\"}",
                    application.post("allocinfo", "{\"profiling\":\"off\"}").body());
            assertEquals(ProfilingState.DRAINING, Profiler.get().state());
        } finally {
            assertEquals(
                    "{\"state\":\"on\"}",
                    application.post("allocinfo", "{\"profiling\":\"on\"}").body());
        }
        assertEquals(ProfilingState.ON, Profiler.get().state());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"profiling\":\"never\"}", "{\"profiling\":\"\"}", "{}", "{\"profiling\":null}", "[", ""})
    @DisplayName("answers 400 to a body that it cannot take, and changes nothing")
    void badBodies(String body) throws Exception {
        assertEquals(400, application.post("allocinfo", body).statusCode());
        assertEquals(ProfilingState.ON, Profiler.get().state());
    }

    @Test
    @DisplayName("is not exposed by itself")
    void notExposed() throws Exception {
        try (RunningApplication plain = RunningApplication.start(Plain.class)) {
            assertEquals(404, plain.get("allocinfo").statusCode());
            assertEquals(404, plain.post("allocinfo", "{\"profiling\":\"off\"}").statusCode());
            assertEquals(200, plain.get("health").statusCode(), "while others are");
        }
    }

    @Test
    @DisplayName("is read-only unless writing is allowed")
    void readOnly() throws Exception {
        try (RunningApplication plain = RunningApplication.start(Plain.class, EXPOSED)) {
            assertEquals(200, plain.get("allocinfo").statusCode());
            assertEquals(405, plain.post("allocinfo", "{\"profiling\":\"off\"}").statusCode());
            assertEquals(ProfilingState.ON, Profiler.get().state());
        }
    }

    @Test
    @DisplayName("answers 409 where profiling was ruled out at start, and why")
    void never() throws Exception {
        try (RunningApplication never = RunningApplication.start(Never.class, EXPOSED, WRITABLE)) {
            final HttpResponse<String> response = never.post("allocinfo", "{\"profiling\":\"on\"}");
            assertEquals(409, response.statusCode());
            final Map<?, ?> body = JSON.readValue(response.body(), Map.class);
            assertEquals("never", body.get("state"));
            assertTrue(body.get("error").toString().contains("start with codetag.profiling=0"), response::body);
            assertEquals(200, never.post("allocinfo", "{\"profiling\":\"off\"}").statusCode());
            assertEquals(
                    0,
                    never.context
                            .getBean(Profiler.class)
                            .snapshot(AllocFilter.ALL)
                            .total()
                            .bytes());
            assertFalse(never.get("allocinfo", "text/plain").body().contains("[shop]"), "another profiler's");
        }
    }
}
