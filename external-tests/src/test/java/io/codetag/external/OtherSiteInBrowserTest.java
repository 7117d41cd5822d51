package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.codetag.Profiling;
import io.codetag.ProfilingState;
import io.codetag.tools.LivePage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A live page, though the reader's browser reaches it,")
class OtherSiteInBrowserTest {
    private static final String TOKEN = "a-token-of-this-test";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("can be neither read, written, framed nor loaded by another site that the reader visits")
    void otherSite() throws Exception {
        final HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            final byte[] html = "<!DOCTYPE html><title>another site</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        site.start();
        try (LivePage page = LivePage.builder().allowToggle(TOKEN).start();
                Browser browser = Browser.start(folder)) {
            final URI own = page.uri();
            final ProfilingState before = Profiling.state();
            browser.visit(URI.create("http://127.0.0.1:" + site.getAddress().getPort() + "/"));
            for (String path : List.of("", "page.json", "allocinfo", "metrics", "debug/pprof/heap")) {
                assertEquals(
                        "refused",
                        browser.text("return fetch(arguments[0]).then(r => r.text(), () => 'refused')", own + path));
                assertEquals(
                        "refused",
                        browser.text(
                                "return new Promise(done => { const script ="
                                        + " document.createElement('script');script.onload = () => done('loaded');"
                                        + " script.onerror = () => done('refused');script.src = arguments[0];"
                                        + " document.body.append(script); })",
                                own + path));
            }
            assertEquals(
                    "refused",
                    browser.text(
                            "return fetch(arguments[0], {method: 'POST', headers: {'X-Codetag-Token': arguments[1]}})"
                                    + ".then(r => r.text(), () => 'refused')",
                            own + "profiling?record=off",
                            TOKEN));
            assertEquals(before, Profiling.state());
            assertTrue(browser.is(
                    "return new Promise(done => { const frame = document.createElement('iframe');"
                            + "frame.onload = () => { try { done(frame.contentDocument === null"
                            + " || frame.contentDocument.body.children.length === 0); } catch (e) { done(true); } };"
                            + "frame.src = arguments[0]; document.body.append(frame); })",
                    own.toString()));
            final List<String> console = browser.console();
            assertTrue(
                    console.stream().anyMatch(line -> line.contains("frame") && line.contains(own.toString())),
                    console::toString);
        } finally {
            site.stop(0);
        }
    }
}
