package io.codetag.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Profiling;
import io.codetag.ProfilingState;
import io.codetag.tools.LivePage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The live page in a real browser")
class LivePageInBrowserTest {
    private static final int PAGE = 4096;
    private static final String TOKEN = "a token of this test".replace(' ', '-');
    private static final String SHOWN_ROWS =
            "return [...document.querySelectorAll('#panel-table .row .function')].map(e => e.textContent).join(' ')";

    /** Names that a page which parses them would run, fetch or be deceived by. */
    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=window.pwned=1>",
            "</script><script>window.pwned=1</script>",
            "\"><svg onload=window.pwned=1>",
            "<iframe src='javascript:parent.pwned=1'>",
            "{{title}}",
            "__proto__",
            "\u202Egnp.exe",
            "x".repeat(10_000));

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static LivePage page;
    private static PageTagger tagger;
    private static List<AllocTag> acme;
    private static long nextPfn;

    /** Before each test and not once before all: a class that is left out as a whole would count as no test at all. */
    private static void startOnce() throws Exception {
        if (browser != null) {
            return;
        }
        browser = Browser.start(folder);
        tagger = AllocTags.attach(PageSpec.builder("pool", 1 << 20, PAGE).build());
        acme = CodeModule.load(
                        "acme",
                        List.of(
                                CodeTag.of("com.acme.cache.PageCache", "PageCache.java", 214, "readAhead"),
                                CodeTag.of("com.acme.cache.PageCache", "PageCache.java", 230, "readOnDemand"),
                                CodeTag.of("com.acme.zip.Inflater", "Inflater.java", 94, "inflate"),
                                CodeTag.of("com.acme.zip.Idle", "Idle.java", 1, "idle")))
                .tags();
        hold(acme.get(0), 40);
        hold(acme.get(1), 20);
        hold(acme.get(2), 10);
        final List<AllocTag> hostile = CodeModule.load(
                        HOSTILE.get(0),
                        HOSTILE.stream()
                                .map(name -> CodeTag.of("com.evil.Names", name, 7, name))
                                .toList())
                .tags();
        hostile.forEach(tag -> hold(tag, 2));
        page = LivePage.builder()
                .interval(Duration.ofMillis(200))
                .allowToggle(TOKEN)
                .title("Of a test")
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (page != null) {
            page.close();
        }
    }

    private static void hold(AllocTag tag, int pages) {
        for (int i = 0; i < pages; i++) {
            tagger.add(nextPfn++, 0, tag);
        }
    }

    @BeforeEach
    void open() throws Exception {
        startOnce();
        browser.preferColours("light");
        browser.visit(URI.create("about:blank"));
        browser.console();
        browser.open(page.uri());
    }

    private static void noComplaints() throws Exception {
        assertEquals(List.of(), browser.console());
    }

    private static void view(String name) throws Exception {
        browser.click("#tab-" + name);
        browser.until(name + " is shown", "return !document.getElementById('panel-' + arguments[0]).hidden", name);
    }

    private static void search(String text) throws Exception {
        browser.click("#search");
        browser.press(text);
    }

    private static String focused() throws Exception {
        return browser.text(
                "const e = document.activeElement; return e.id || e.getAttribute('aria-label') || e.textContent");
    }

    @Test
    @DisplayName("renders: totals, treemap, icicle, table, timeline; nothing is refused, nothing fails")
    void renders() throws Exception {
        assertEquals("Of a test", browser.text("return document.querySelector('h1').textContent"));
        final String figures = browser.text("return document.getElementById('figures').innerText");
        assertTrue(figures.contains("Live memory") && figures.contains("recording"), figures);
        for (String map : List.of("treemap", "icicle")) {
            view(map);
            browser.until(
                    "the largest tag is drawn",
                    "return [...document.querySelectorAll('#panel-' + arguments[0] + ' [role=treeitem]')]"
                            + ".some(e => e.getAttribute('aria-label').includes('readAhead') && e.offsetWidth > 50)",
                    map);
        }
        view("table");
        assertTrue(browser.text(SHOWN_ROWS).startsWith("readAhead readOnDemand inflate"));
        view("timeline");
        browser.until("a chart is drawn", "return document.querySelectorAll('#panel-timeline canvas').length > 0");
        noComplaints();
    }

    @Test
    @DisplayName("fills its window, and scrolls nowhere but in the table")
    void fills() throws Exception {
        final int unused = browser.number("const map = document.querySelector('#panel-treemap .canvas');"
                + "const low = Math.max(...[...map.children].map(e => e.getBoundingClientRect().bottom));"
                + "return map.getBoundingClientRect().bottom - low");
        assertTrue(unused >= 0 && unused < 10, "below the treemap: " + unused);
        assertTrue(browser.is("return document.documentElement.scrollHeight <= innerHeight"
                + " && document.documentElement.scrollWidth <= innerWidth"));
    }

    @Test
    @DisplayName("updates by itself, without being loaded again")
    void updates() throws Exception {
        view("table");
        browser.script("window.loadedOnce = true");
        final String row = "const row = [...document.querySelectorAll('#panel-table .row')]"
                + ".find(e => e.textContent.includes('inflate')); return row.querySelector('.calls').textContent";
        final int before = browser.number("return Number((() => {" + row + "})())");
        hold(acme.get(2), 5);
        browser.until(
                "five pages more are shown", "return Number((() => {" + row + "})()) === arguments[0]", before + 5);
        assertTrue(browser.is("return window.loadedOnce"));
        noComplaints();
    }

    @Test
    @DisplayName("pauses, and goes on")
    void pauses() throws Exception {
        browser.is("window.asked = 0; window.looked = 0; const ask = window.fetch, clear = window.clearTimeout;"
                + "window.fetch = (...what) => { window.asked++; return ask(...what); };"
                + "window.clearTimeout = timer => { // begins each look whether it is time to ask"
                + "\n window.looked += document.getElementById('pause').textContent === 'Go on' ? 1 : 0; clear(timer); };"
                + "return true");
        browser.click("#pause");
        browser.until("it is paused", "return document.getElementById('pause').textContent === 'Go on'");
        hold(acme.get(2), 1);
        browser.until("the look that was due has come", "return window.looked > 0");
        final String moment = browser.text("return document.getElementById('figures').innerText");
        final int asked = browser.number("return window.asked");
        browser.is("document.dispatchEvent(new Event('visibilitychange')); return true"); // one more look
        assertTrue(browser.is("return window.looked > 1"));
        assertEquals(asked, browser.number("return window.asked"));
        assertEquals(moment, browser.text("return document.getElementById('figures').innerText"));
        browser.click("#pause");
        browser.until("it went on", "return document.getElementById('figures').innerText !== arguments[0]", moment);
    }

    @Test
    @DisplayName("compares from a moment on: what grew since")
    void compares() throws Exception {
        browser.click("#compare");
        browser.until("it compares", "return document.getElementById('compare').textContent === 'End comparison'");
        hold(acme.get(1), 3);
        view("table");
        browser.until(
                "what grew stands first",
                "const row = document.querySelector('#panel-table .row .grown');"
                        + "return row !== null && row.closest('.row').textContent.includes('readOnDemand')");
        assertTrue(browser.text("return document.querySelector('#panel-table .row .grown').textContent")
                .contains("12K"));
        noComplaints();
    }

    @Test
    @DisplayName("filters by what is typed, and by module")
    void filters() throws Exception {
        view("table");
        search("PageCache");
        browser.until(
                "two tags are shown", "return document.getElementById('counted').textContent.startsWith('2 of ')");
        assertEquals("readAhead readOnDemand", browser.text(SHOWN_ROWS));
        search("  nothing has this");
        browser.until("none is shown", "return document.getElementById('none').checkVisibility()");
        browser.script(
                "const s = document.getElementById('search'); s.value = '';" + "s.dispatchEvent(new Event('input'))");
        browser.until("all are shown", "return !document.getElementById('none').checkVisibility()");
        browser.script("const choice = document.querySelector('select[aria-label=Module]'); choice.value = '=acme';"
                + "choice.dispatchEvent(new Event('change'))");
        browser.until(
                "the module's are shown", "return document.getElementById('counted').textContent.startsWith('3 of ')");
        assertEquals("readAhead readOnDemand inflate", browser.text(SHOWN_ROWS));
        noComplaints();
    }

    @Test
    @DisplayName("shows hostile names as text, in every view, and runs and fetches nothing of them")
    void hostile() throws Exception {
        final String elements =
                "return document.querySelectorAll('img, iframe, object, embed, base, form[action], svg svg,"
                        + " script').length";
        final int before = browser.number(elements);
        assertEquals(2, before, "the data and the script of the page");
        for (String view : List.of("treemap", "icicle", "timeline", "table")) {
            view(view);
            assertEquals(before, browser.number(elements), view);
        }
        search("com/evil");
        browser.until(
                "those names are shown",
                "return document.getElementById('counted').textContent.startsWith(arguments[0] + ' of ')",
                HOSTILE.size());
        final String shown =
                browser.text("return [...document.querySelectorAll('#panel-table .row .function')].map(e =>"
                        + " e.textContent).join('\\n"
                        + "')");
        for (String name : HOSTILE.subList(0, 6)) {
            assertTrue(shown.contains(name), () -> name + " in " + shown);
        }
        assertTrue(shown.contains("\\u202egnp.exe"), "a mark of direction is shown by its number");
        for (int i = 0; i < HOSTILE.size(); i++) {
            browser.script(
                    "const row = document.querySelectorAll('#panel-table .row')[arguments[0]];"
                            + "row.dispatchEvent(new MouseEvent('dblclick', {bubbles: true}))",
                    i);
            browser.until("the details are shown", "return document.getElementById('details').open");
            assertEquals(before, browser.number(elements));
            browser.press(Browser.ESCAPE);
            browser.until("they are closed", "return !document.getElementById('details').open");
        }
        assertTrue(browser.is("return window.pwned === undefined && ({}).pwned === undefined"));
        assertEquals(
                List.of("page.json"),
                browser.script("return [...new Set(performance.getEntriesByType('resource').map(e =>"
                                + " e.name.split('/').pop()))]")
                        .valueStream()
                        .map(each -> each.asString())
                        .toList());
        noComplaints();
    }

    @Test
    @DisplayName("is usable by keyboard alone: skip link, views, search, table, details, treemap")
    void keyboard() throws Exception {
        browser.press(Browser.TAB);
        assertEquals("Skip to the report", focused());
        browser.press("/");
        assertEquals("search", focused());
        browser.press("inflate");
        browser.until(
                "the search has an effect",
                "return document.getElementById('counted').textContent.startsWith('1 of ')");
        browser.script("document.getElementById('tab-treemap').focus()");
        browser.press(Browser.ARROW_RIGHT + Browser.ARROW_RIGHT);
        assertEquals("tab-table", focused());
        browser.script("document.querySelector('#panel-table [role=grid]').focus()");
        browser.press(Browser.END + Browser.ENTER);
        browser.until("the details are shown", "return document.getElementById('details').open");
        assertEquals("inflate", browser.text("return document.getElementById('details-title').textContent"));
        browser.press(Browser.ESCAPE);
        browser.until("they are closed", "return !document.getElementById('details').open");
        assertEquals("Tags", focused());
        browser.script("document.getElementById('tab-table').focus()");
        browser.press(Browser.ARROW_LEFT + Browser.ARROW_LEFT + "/");
        for (int i = 0; i < "inflate".length(); i++) {
            browser.press(Browser.END + Browser.BACKSPACE);
        }
        browser.until("all are drawn", "return !document.getElementById('counted').textContent.startsWith('1 of ')");
        browser.script("document.querySelector('#panel-treemap [role=treeitem][tabindex=\"0\"]').focus()");
        browser.press(Browser.ENTER);
        browser.until("it zooms", "return document.querySelectorAll('#panel-treemap .crumbs li').length > 1");
        browser.press(Browser.BACKSPACE);
        browser.until("it zooms out", "return document.querySelectorAll('#panel-treemap .crumbs li').length === 1");
        noComplaints();
    }

    @ParameterizedTest
    @DisplayName("follows the system's light and dark, readable in both, unless the reader chooses")
    @ValueSource(strings = {"light", "dark"})
    void colours(String scheme) throws Exception {
        browser.preferColours(scheme);
        browser.until(
                "the colours change",
                "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);"
                        + "return (r + g + b > 384) === (arguments[0] === 'light')",
                scheme);
        for (String selector : List.of(".node.leaf .name", "#origin", "#counted", "#tab-icicle", ".figure .number")) {
            final double contrast = browser.script(CONTRAST, selector).asDouble();
            assertTrue(contrast >= 4.5, selector + " in " + scheme + ": " + contrast);
        }
        browser.script(
                "for (let i = 0; i < 3 && document.documentElement.dataset.theme !== arguments[0]; i++)"
                        + " document.getElementById('theme').click()",
                scheme.equals("light") ? "dark" : "light");
        browser.until(
                "the reader's choice wins",
                "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);"
                        + "return (r + g + b > 384) === (arguments[0] !== 'light')",
                scheme);
        browser.script("localStorage.clear()");
        noComplaints();
    }

    /** The contrast of a text with what is behind it, as WCAG 2 defines it; colours are painted to be resolved. */
    private static final String CONTRAST = """
        const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const paint = colour => {
          context.clearRect(0, 0, 1, 1);
          context.fillStyle = colour;
          context.fillRect(0, 0, 1, 1);
          return context.getImageData(0, 0, 1, 1).data;
        };
        const light = pixel => [0.2126, 0.7152, 0.0722].reduce((sum, part, i) => {
          const each = pixel[i] / 255;
          return sum + part * (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
        }, 0);
        const element = document.querySelector(arguments[0]);
        let behind = element;
        while (paint(getComputedStyle(behind).backgroundColor)[3] < 255) behind = behind.parentElement;
        const both = [light(paint(getComputedStyle(element).color)), light(paint(getComputedStyle(behind).backgroundColor))];
        return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
        """;

    @Test
    @DisplayName("stops and starts recording for who has the token, and for nobody else")
    void toggles() throws Exception {
        try {
            for (boolean right : List.of(false, true)) {
                browser.click("#toggle");
                browser.until("it asks for the token", "return document.getElementById('token') !== null");
                browser.script("document.getElementById('token').focus()");
                browser.press((right ? TOKEN : "some other token") + Browser.ENTER);
                if (!right) {
                    browser.until(
                            "it is refused",
                            "return document.querySelector('#details [role=status]').textContent.includes('right"
                                    + " token')");
                    assertTrue(browser.console().get(0).contains("403"));
                    browser.press(Browser.ESCAPE);
                }
            }
            browser.until(
                    "the state is shown",
                    "return document.querySelector('.figure.state').innerText.includes('draining')");
            assertEquals(ProfilingState.DRAINING, Profiling.state());
        } finally {
            Profiling.switchOn();
        }
        browser.until("it is on again", "return document.getElementById('toggle').textContent === 'Stop recording'");
        assertFalse(browser.is("return JSON.stringify(localStorage).includes(arguments[0])", TOKEN));
        noComplaints();
    }

    @Test
    @DisplayName("says so when the program is gone, and shows what it said last")
    void gone() throws Exception {
        try (LivePage other =
                LivePage.builder().interval(Duration.ofMillis(200)).start()) {
            browser.open(other.uri());
        }
        browser.until(
                "it says so",
                "return document.getElementById('notice').textContent.startsWith('The program does not answer')");
        assertTrue(browser.number("return document.querySelectorAll('#panel-treemap [role=treeitem]').length") > 0);
    }
}
