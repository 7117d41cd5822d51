package io.codetag.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A report as an HTML file")
class HtmlReportTest {
    private static final Pattern ELEMENT = Pattern.compile("(?s)<(style|script)( [^>]*)?>(.*?)</\\1>");

    private static String write(String title) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.write(PageContent.of(title, "here", Tags.sample(5, Tags.entry("a.B", 1, title, 2, 3))), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<MatchResult> elements(String html) {
        return ELEMENT.matcher(html).results().toList();
    }

    private static String policy(String html) {
        final List<MatchResult> found = Pattern.compile(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")
                .matcher(html)
                .results()
                .toList();
        assertEquals(1, found.size());
        return found.get(0).group(1);
    }

    private static String hash(String text) throws NoSuchAlgorithmException {
        final byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    @DisplayName("has its data, its script and its style in itself")
    void selfContained() throws IOException {
        final String html = write("title");
        final List<MatchResult> elements = elements(html);
        assertEquals(3, elements.size());
        assertEquals(" type=\"application/json\" id=\"data\"", elements.get(1).group(2));
        final Map<String, Object> data = Json.object(elements.get(1).group(3));
        assertEquals("title", data.get("title"));
        assertTrue(elements.get(2).group(3).contains("uPlot"));
        assertTrue(elements.get(2).group(3).contains("d3-hierarchy"));
        assertFalse(html.contains("{{"), "a placeholder is left");
    }

    @Test
    @DisplayName("names nothing outside itself that a browser would fetch")
    void fetchesNothing() throws IOException {
        final String html = write("title");
        for (MatchResult found : Pattern.compile("(?i)\\b(src|href|action|data|poster|srcset)=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .toList()) {
            final String target = found.group(2);
            assertTrue(target.startsWith("#") || target.startsWith("data:image/svg+xml,"), target);
        }
        assertFalse(Pattern.compile("(?i)@import|url\\(").matcher(html).find());
    }

    @Test
    @DisplayName("may run its own script, use its own style, and do nothing else")
    void policyFits() throws IOException, NoSuchAlgorithmException {
        final String html = write("title");
        final List<MatchResult> elements = elements(html);
        assertEquals(
                "default-src 'none'; script-src " + hash(elements.get(2).group(3)) + "; style-src "
                        + hash(elements.get(0).group(3))
                        + "; img-src data:; base-uri 'none'; form-action 'none'",
                policy(html));
        assertTrue(html.indexOf("http-equiv=\"Content-Security-Policy\"") < html.indexOf("<style"));
    }

    @Test
    @DisplayName("is the same document whatever the names are")
    void namesAddNoMarkup() throws IOException {
        final String harmless = tags(write("x"));
        for (String name : Tags.HOSTILE) {
            assertEquals(harmless, tags(write(name)), () -> "with the name " + name);
        }
    }

    private static String tags(String html) {
        return Pattern.compile("<[!/a-zA-Z][^<>]*")
                .matcher(html)
                .results()
                .map(MatchResult::group)
                .toList()
                .toString();
    }

    @Test
    @DisplayName("carries the licences of the libraries in it, at its top and for the reader")
    void licences() throws IOException {
        final String html = write("title");
        for (String notice : List.of("Copyright (c) 2022 Leon Sorokin", "Copyright 2010-2021 Mike Bostock")) {
            assertTrue(html.indexOf(notice) > 0 && html.indexOf(notice) < html.indexOf("<title>"), notice);
            assertTrue(html.lastIndexOf(notice) > html.indexOf("<body>"), notice);
        }
        final String comment = html.substring(html.indexOf("<!--") + 4, html.indexOf("-->"));
        assertFalse(comment.contains("--"), "the comment would end early");
    }
}
