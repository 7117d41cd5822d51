package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.page.HtmlReport;
import io.codetag.tools.page.PageContent;
import io.codetag.tools.report.Sample;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A report as a file in a real browser")
class ReportInBrowserTest {
    private static final int TAGS = 200_000;
    private static final int MOST_ELEMENTS = 4_000;

    @TempDir
    private Path folder;

    private static Sample sample(int tags, long more) {
        final List<AllocEntry> entries = new ArrayList<>(tags);
        for (int i = 0; i < tags; i++) {
            final String name = "com.acme.part" + i % 40 + ".area" + i / 40 % 50 + ".Class" + i / 2000;
            final CodeTag place = new CodeTag(
                    i % 10 == 0 ? "plugin" + i % 7 : null,
                    name,
                    name.substring(name.lastIndexOf('.') + 1) + ".java",
                    i + 1,
                    "function" + i);
            entries.add(new AllocEntry(
                    0, place, null, new AllocCounts(64L * (i + 1) + more * (i % 3), i + 1), true, false));
        }
        return new Sample(Instant.ofEpochSecond(1_772_600_000 + more), new AllocInfo(1, 1, entries));
    }

    private Path write(Sample current, Sample older, List<Sample> series) throws Exception {
        final Path file = folder.resolve("report.html");
        try (OutputStream out = Files.newOutputStream(file)) {
            HtmlReport.write(new PageContent("Of a test", "", current, older, series, null, null), out);
        }
        return file;
    }

    private static void boundedAndReady(Browser browser, String view) throws Exception {
        browser.click("#tab-" + view);
        browser.until(view + " is shown", "return !document.getElementById('panel-' + arguments[0]).hidden", view);
        final int elements = browser.number("return document.querySelectorAll('*').length");
        assertTrue(elements < MOST_ELEMENTS, view + " has " + elements + " elements");
    }

    @Test
    @DisplayName("of 200 000 tags draws a bounded number of elements, and is scrolled, sorted, searched and compared")
    void large() throws Exception {
        try (Browser browser = Browser.start(folder)) {
            browser.open(write(sample(TAGS, 300), sample(TAGS, 0), List.of()).toUri());
            for (String view : List.of("treemap", "icicle", "table")) {
                boundedAndReady(browser, view);
            }
            assertEquals("200,000 tags shown", browser.text("return document.getElementById('counted').textContent"));
            assertEquals(TAGS + 1, browser.number("return Number(document.querySelector('[role=grid]').ariaRowCount)"));
            browser.click("[data-key=bytes]");
            browser.until(
                    "the largest stands first",
                    "return document.getElementById('row-0').textContent.includes('function199997')");
            browser.script("document.querySelector('[role=grid]').focus()");
            browser.press(Browser.END);
            browser.until(
                    "the last row is there",
                    "const row = document.getElementById('row-199999'); return row !== null &&"
                            + " row.textContent.includes('function0') && row.getBoundingClientRect().bottom <="
                            + " innerHeight");
            boundedAndReady(browser, "table");
            browser.press("/function123456");
            browser.until(
                    "one is found", "return document.getElementById('counted').textContent.startsWith('1 of 200,000')");
            assertEquals(List.of(), browser.console());
            assertEquals(
                    0, browser.number("return performance.getEntriesByType('resource').length"), "asks for nothing");
        }
    }

    @Test
    @DisplayName("of a series draws it over time")
    void series() throws Exception {
        final List<Sample> series = List.of(sample(50, 0), sample(50, 60), sample(50, 120), sample(50, 600));
        try (Browser browser = Browser.start(folder)) {
            browser.open(write(series.get(3), series.get(0), series).toUri());
            boundedAndReady(browser, "timeline");
            browser.until(
                    "lines are drawn",
                    "const canvas = document.querySelector('#panel-timeline canvas'); if (!canvas) return false;const"
                            + " pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width,"
                            + " canvas.height).data;return pixels.some((each, i) => i % 4 === 3 && each > 0)");
            assertEquals(List.of(), browser.console());
        }
    }
}
