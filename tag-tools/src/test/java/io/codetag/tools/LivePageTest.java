package io.codetag.tools;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.ProfilingState;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoJson;
import io.codetag.core.AllocInfoText;
import io.codetag.core.Profiler;
import io.codetag.tools.page.RawHttp;
import io.codetag.tools.pprof.PprofWriter;
import io.codetag.tools.report.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A live page")
class LivePageTest {
    private static final String TOKEN = "a-token-of-this-test";
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

    private final Profiler profiler = Profiler.builder().name("live page test").build();
    private final CodeModule module = profiler.load(
            "plugin", List.of(CodeTag.of("a.b.C", "C.java", 7, "f"), CodeTag.of("a.b.D", "D.java", 8, HOSTILE)));
    private final AllocTag first = module.tags().get(0);
    private LivePage page;

    @BeforeEach
    void begin() throws IOException {
        first.charge(1_000);
        module.tags().get(1).charge(50);
        page = LivePage.builder().profiler(profiler).title("of a test").start();
    }

    @AfterEach
    void end() {
        page.close();
        profiler.close();
    }

    private RawHttp get(String path, String... headers) throws IOException {
        return RawHttp.ask(page.uri(), "GET", path, headers);
    }

    private static byte[] bytes(AllocInfoText version, AllocInfo info) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        version.write(info, out);
        return out.toByteArray();
    }

    @Test
    @DisplayName("serves the text report byte for byte, in both versions")
    void text() throws IOException {
        assertArrayEquals(
                bytes(AllocInfoText.V2_0, profiler.snapshot()),
                get("/allocinfo").body());
        assertArrayEquals(
                bytes(AllocInfoText.V1_0, profiler.snapshot()),
                get("/allocinfo?version=1.0").body());
        assertEquals("text/plain; charset=utf-8", get("/allocinfo").header("Content-Type"));
    }

    @Test
    @DisplayName("filters, orders and cuts reports")
    void filtered() throws IOException {
        final AllocFilter filter = AllocFilter.builder().file("C.java").build();
        assertArrayEquals(
                bytes(AllocInfoText.V2_0, profiler.snapshot(filter)),
                get("/allocinfo?file=C.java").body());
        assertArrayEquals(
                bytes(AllocInfoText.V2_0, profiler.snapshot().top(1)),
                get("/allocinfo?top=1").body());
        assertEquals(2, get("/allocinfo?minBytes=1001").text().lines().count(), "the header only");
    }

    @Test
    @DisplayName("serves the JSON report with state, totals and storage")
    void json() throws IOException {
        final ByteArrayOutputStream expected = new ByteArrayOutputStream();
        AllocInfoJson.ENTRIES
                .with(profiler.state())
                .with(profiler.totals())
                .with(profiler.storage())
                .write(profiler.snapshot(), expected);
        final RawHttp answer = get("/allocinfo.json");
        assertArrayEquals(expected.toByteArray(), answer.body());
        assertEquals("application/json; charset=utf-8", answer.header("Content-Type"));
    }

    @Test
    @DisplayName("serves metrics in the format of OpenMetrics")
    void metrics() throws IOException {
        final RawHttp answer = get("/metrics");
        assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", answer.header("Content-Type"));
        assertTrue(
                answer.text()
                        .contains(
                                "\ncodetag_live_bytes{module=\"plugin\",file=\"a/b/C.java\",line=\"7\",function=\"f\"} 1000\n"));
        assertTrue(answer.text().endsWith("# EOF\n"));
    }

    @Test
    @DisplayName("serves a profile for pprof")
    void pprof() throws IOException {
        final byte[] served = new GZIPInputStream(
                        new ByteArrayInputStream(get("/debug/pprof/heap").body()))
                .readAllBytes();
        final ByteArrayOutputStream own = new ByteArrayOutputStream();
        PprofWriter.write(new Sample(Instant.EPOCH, profiler.snapshot()), own);
        assertTrue(new String(served, StandardCharsets.ISO_8859_1).contains("a/b/C.java"));
        assertTrue(own.size() > 0 && served.length > 100);
    }

    @Test
    @DisplayName("serves the page with what is live at that moment, and its data again for the asking")
    void html() throws IOException {
        final RawHttp answer = get("/");
        assertEquals(200, answer.status());
        assertEquals("text/html; charset=utf-8", answer.header("Content-Type"));
        assertTrue(answer.text().contains("<title>of a test · codetag</title>"));
        assertFalse(answer.text().contains("<img"), "a name became markup");
        assertTrue(answer.text().contains("\"bytes\":[1000,50]"));
        first.charge(5);
        final RawHttp data = get("/page.json");
        assertEquals("application/json; charset=utf-8", data.header("Content-Type"));
        assertTrue(data.text().contains("\"bytes\":[1005,50]"), data::text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/page.json", "/allocinfo", "/allocinfo.json", "/metrics", "/debug/pprof/heap", "/nothing"})
    @DisplayName("tells browsers to let no other site use, frame, guess or keep an answer")
    void headers(String path) throws IOException {
        final RawHttp answer = get(path);
        assertAll(
                () -> assertEquals("nosniff", answer.header("X-Content-Type-Options")),
                () -> assertEquals("no-store", answer.header("Cache-Control")),
                () -> assertEquals("DENY", answer.header("X-Frame-Options")),
                () -> assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy")),
                () -> assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy")),
                () -> assertEquals("no-referrer", answer.header("Referrer-Policy")),
                () -> assertNull(answer.header("Access-Control-Allow-Origin")));
        final String policy = answer.header("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'") && policy.endsWith("; frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.json", "/allocinfo", "/allocinfo.json", "/metrics", "/debug/pprof/heap"})
    @DisplayName("answers HEAD with the headers of GET and no body")
    void head(String path) throws IOException {
        final RawHttp head = RawHttp.ask(page.uri(), "HEAD", path);
        assertEquals(200, head.status());
        assertEquals(0, head.body().length);
        assertEquals(get(path).header("Content-Type"), head.header("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, try /",
        "GET, /allocinfo/, 404, try /",
        "GET, /../allocinfo, 404, try /",
        "GET, /allocinfo?x=1, 400, accepted: accurate",
        "HEAD, /allocinfo?x=1, 400, ''",
        "GET, /?x=1, 400, accepted: none",
        "GET, /metrics?top=1, 400, accepted: none",
        "GET, /allocinfo.json?version=1.0, 400, accepted: accurate",
        "GET, /allocinfo?line=x, 400, 0 or more",
        "POST, /allocinfo, 405, 'accepted: GET, HEAD'",
        "PUT, /, 405, 'accepted: GET, HEAD'",
        "OPTIONS, /allocinfo, 405, 'accepted: GET, HEAD'",
        "GET, /profiling, 405, accepted: POST",
        "HEAD, /profiling, 405, ''",
        "POST, /nothing, 404, try /"
    })
    @DisplayName("refuses what it does not know, and says what it accepts")
    void refused(String method, String path, int status, String said) throws IOException {
        final RawHttp answer = RawHttp.ask(page.uri(), method, path);
        assertEquals(status, answer.status());
        assertTrue(answer.text().contains(said), answer::text);
        assertEquals("text/plain; charset=utf-8", answer.header("Content-Type"));
        if (status == 405) {
            assertNotNull(answer.header("Allow"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://evil.example",
                "Origin: null"
            })
    @DisplayName("refuses other sites at every path, before anything is read or written")
    void otherSites(String header) throws IOException {
        page.close();
        page = LivePage.builder().profiler(profiler).allowToggle(TOKEN).start();
        for (String path :
                List.of("/", "/page.json", "/allocinfo", "/allocinfo.json", "/metrics", "/debug/pprof/heap")) {
            final RawHttp answer = get(path, header);
            assertEquals(403, answer.status(), path);
            assertFalse(answer.text().contains("C.java"), path);
        }
        final RawHttp answer =
                RawHttp.ask(page.uri(), "POST", "/profiling?record=off", header, "X-Codetag-Token: " + TOKEN);
        assertEquals(403, answer.status());
        assertEquals(ProfilingState.ON, profiler.state());
    }

    @Test
    @DisplayName("switches nothing unless that was allowed")
    void readOnly() throws IOException {
        final RawHttp answer = RawHttp.ask(page.uri(), "POST", "/profiling?record=off", "X-Codetag-Token: " + TOKEN);
        assertEquals(403, answer.status());
        assertEquals(ProfilingState.ON, profiler.state());
    }

    @Test
    @DisplayName("switches for who has the token, by POST only")
    void toggles() throws IOException {
        page.close();
        page = LivePage.builder().profiler(profiler).allowToggle(TOKEN).start();
        final String header = "X-Codetag-Token: " + TOKEN;
        for (String wrong : List.of("X-Other: x", "X-Codetag-Token:", header + "x", "X-Codetag-Token: a-token")) {
            assertEquals(
                    403,
                    RawHttp.ask(page.uri(), "POST", "/profiling?record=off", wrong)
                            .status(),
                    wrong);
        }
        assertEquals(
                403,
                RawHttp.ask(page.uri(), "POST", "/profiling?record=off", header, header)
                        .status(),
                "twice");
        assertEquals(405, get("/profiling?record=off", header).status());
        assertEquals(
                400,
                RawHttp.ask(page.uri(), "POST", "/profiling?record=maybe", header)
                        .status());
        assertEquals(400, RawHttp.ask(page.uri(), "POST", "/profiling", header).status());
        assertEquals(ProfilingState.ON, profiler.state());

        assertEquals(
                "profiling: draining\n",
                RawHttp.ask(page.uri(), "POST", "/profiling?record=off", header).text());
        assertEquals(ProfilingState.DRAINING, profiler.state());
        assertEquals(
                "profiling: on\n",
                RawHttp.ask(page.uri(), "POST", "/profiling?record=on", header).text());
        assertEquals(ProfilingState.ON, profiler.state());
    }

    @Test
    @DisplayName("says why it cannot switch a profiler that was switched off for good")
    void cannotToggle() throws IOException {
        page.close();
        page = LivePage.builder().profiler(profiler).allowToggle(TOKEN).start();
        profiler.close();
        final RawHttp answer = RawHttp.ask(page.uri(), "POST", "/profiling?record=on", "X-Codetag-Token: " + TOKEN);
        assertEquals(409, answer.status());
        assertTrue(answer.text().contains("never"), answer::text);
    }

    @Test
    @DisplayName("listens on loopback unless told otherwise, and no more once closed")
    void lifecycle() throws IOException {
        assertTrue(InetAddress.getByName(page.uri().getHost()).isLoopbackAddress());
        assertEquals(200, get("/").status());
        page.close();
        page.close();
        assertThrows(IOException.class, () -> get("/"));
    }

    @Test
    @DisplayName("says which port is in use and what to do")
    void portInUse() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            final LivePage.Builder builder =
                    LivePage.builder().profiler(profiler).port(other.getLocalPort());
            final IOException failure = assertThrows(IOException.class, builder::start);
            assertTrue(failure.getMessage().contains("port " + other.getLocalPort()), failure::getMessage);
            assertTrue(failure.getMessage().contains("take another port"), failure::getMessage);
        }
    }

    @Test
    @DisplayName("refuses settings out of range, and repeats no token")
    void settings() {
        final LivePage.Builder builder = LivePage.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.port(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.port(65_536));
        assertThrows(IllegalArgumentException.class, () -> builder.history(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.metricsTop(10_001));
        assertThrows(IllegalArgumentException.class, () -> builder.interval(Duration.ofMillis(99)));
        for (String weak : List.of("", "short", "has blanks in the middle", "fifteen-letters")) {
            final IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> builder.allowToggle(weak));
            assertTrue(weak.isEmpty() || !refused.getMessage().contains(weak));
        }
    }

    @Test
    @DisplayName("remembers for its timeline what readers saw")
    void timeline() throws IOException {
        page.close();
        page = LivePage.builder()
                .profiler(profiler)
                .interval(Duration.ofMillis(100))
                .start();
        final String once = get("/page.json").text();
        assertFalse(once.contains("\"series\""), once);
        String later;
        final long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        do { // moments less than half an interval apart are one
            later = get("/page.json").text();
        } while (!later.contains("\"series\"") && System.nanoTime() < deadline);
        assertTrue(later.contains("\"series\":{\"times\":["), later);
    }
}
