package io.codetag.tools.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import io.codetag.tools.source.ReportSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The live table on a terminal")
class TopTerminalTest {
    private static final int COLUMNS = 110;
    private static final int ROWS = 14;
    private static final CodeTag CACHE = CodeTag.of("com.acme.Cache", "Cache.java", 214, "readAhead");
    private static final CodeTag ZIP = new CodeTag("zip", "com.acme.Zip", "Zip.java", 94, "inflate");
    private static final CodeTag LEAK = CodeTag.of("com.acme.Leak", "Leak.java", 7, "\u001b[2Jkeep");

    private final ScreenTerminal screen = new ScreenTerminal(COLUMNS, ROWS);
    private final Feed feed = new Feed();
    private final AtomicReference<Runnable> sizeRead = new AtomicReference<>(() -> {});
    private PipedOutputStream keys;
    private ExternalTerminal terminal;
    private FutureTask<Boolean> top;

    /** A source whose reports the test sets; each reading is a second after the one before. */
    private static final class Feed implements ReportSource {
        private final AtomicReference<AllocInfo> info = new AtomicReference<>(report(0));
        private final AtomicReference<ReportException> failure = new AtomicReference<>();
        private long second = 1_000;

        @Override
        public String name() {
            return "the feed";
        }

        @Override
        public Reading read() throws ReportException {
            final ReportException failed = failure.get();
            if (failed != null) {
                throw failed;
            }
            return Reading.of(List.of(new Sample(Instant.ofEpochSecond(second++), info.get())));
        }

        @Override
        public void close() {}
    }

    private static AllocEntry entry(CodeTag place, long bytes, long calls) {
        return new AllocEntry(0, place, null, new AllocCounts(bytes, calls), true, false);
    }

    private static AllocInfo report(long leaked) {
        return new AllocInfo(
                1, 1, List.of(entry(CACHE, 409_600, 5), entry(ZIP, 81_920, 20), entry(LEAK, 4096 + leaked, 1)));
    }

    @BeforeEach
    void start() throws IOException {
        keys = new PipedOutputStream();
        terminal =
                new ExternalTerminal(
                        "test", "xterm-256color", new PipedInputStream(keys), new Drawn(), StandardCharsets.UTF_8) {
                    @Override
                    public Size getSize() {
                        final Size size = super.getSize();
                        sizeRead.getAndSet(() -> {}).run();
                        return size;
                    }
                };
        terminal.setSize(new Size(COLUMNS, ROWS));
        run(Duration.ofMillis(20));
    }

    private void run(Duration interval) {
        top = new FutureTask<>(() -> {
            new Top(interval, TopSort.BYTES, AllocFilter.ALL, false, Integer.MAX_VALUE).onTerminal(feed, terminal);
            return true;
        });
        new Thread(top, "top").start();
    }

    private void resize(int columns) {
        screen.setSize(columns, ROWS);
        terminal.setSize(new Size(columns, ROWS));
    }

    @AfterEach
    void stop() throws Exception {
        keys.close();
        terminal.close();
    }

    /** What the program writes, drawn by an emulated terminal. */
    private final class Drawn extends ByteArrayOutputStream {
        @Override
        public synchronized void flush() {
            screen.write(toString(StandardCharsets.UTF_8));
            reset();
        }
    }

    private String picture() {
        final long[] cells = new long[COLUMNS * ROWS];
        try {
            screen.dump(cells, 0, 0, ROWS, COLUMNS, new int[2]);
        } catch (RuntimeException tooSmall) {
            throw new AssertionError(tooSmall);
        }
        final StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            final StringBuilder line = new StringBuilder();
            for (long cell : Arrays.copyOfRange(cells, row * COLUMNS, (row + 1) * COLUMNS)) {
                line.appendCodePoint((int) cell == 0 ? ' ' : (int) cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String await(Predicate<String> wanted) throws Exception {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String picture = picture();
        while (!wanted.test(picture)) {
            if (top.isDone()) {
                top.get();
            }
            assertTrue(System.nanoTime() < deadline, "never came, the last was\n" + picture);
            Thread.sleep(10);
            picture = picture();
        }
        return picture;
    }

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static String order(String picture) {
        return String.join(
                " ",
                picture.lines()
                        .filter(line -> line.contains("com/acme/"))
                        .map(line -> line.replaceAll(".*com/acme/([A-Za-z]*).*", "$1"))
                        .toList());
    }

    @Test
    @DisplayName("shows bytes, calls, growth and rate, and renews them")
    void shown() throws Exception {
        final String first = await(picture -> picture.contains("Leak.java"));
        assertTrue(first.startsWith("allocinfo top - the feed, "), first);
        assertEquals("Cache Zip Leak", order(first));
        assertTrue(first.contains("409600          5"), first);
        assertTrue(first.contains("q quit  p pause"), first);
        feed.info.set(report(12_288));
        final String grown = await(picture -> picture.matches("(?s).* 16384 +1 +\\+12288 .*"));
        assertTrue(grown.contains("3 tags, 3 shown"), grown);
        await(picture -> picture.matches("(?s).* 16384 +1 +\\+12288 +0  com/acme/Leak.*")); // it stands again
    }

    @Test
    @DisplayName("never lets a name steer the terminal")
    void hostile() throws Exception {
        final String picture = await(each -> each.contains("Leak.java"));
        assertTrue(picture.contains("func:\\033[2Jkeep"), picture);
    }

    @Test
    @DisplayName("sorts by the keys b, c, g and r")
    void sorts() throws Exception {
        await(picture -> order(picture).equals("Cache Zip Leak"));
        type("c");
        await(picture -> order(picture).equals("Zip Cache Leak") && picture.contains("sorted by calls"));
        feed.info.set(report(4096));
        type("g");
        await(picture -> order(picture).equals("Leak Cache Zip") && picture.contains("sorted by growth"));
        type("r");
        await(picture -> picture.contains("sorted by rate"));
        type("b");
        await(picture -> order(picture).equals("Cache Zip Leak") && picture.contains("sorted by bytes"));
    }

    @Test
    @DisplayName("filters by module, file and function as they are typed, and shows all again")
    void filters() throws Exception {
        await(picture -> order(picture).equals("Cache Zip Leak"));
        type("m");
        await(picture -> picture.contains("module ('-' for none), empty for any:"));
        type("zix\u007fp\r");
        await(picture -> order(picture).equals("Zip") && picture.contains("sorted by bytes, module zip"));
        type("m-\r");
        await(picture -> order(picture).equals("Cache Leak") && picture.contains("module none"));
        type("fCache.java\r");
        await(picture -> order(picture).equals("Cache"));
        type("x");
        await(picture -> order(picture).equals("Cache Zip Leak"));
        type("ninflate\r");
        await(picture -> order(picture).equals("Zip") && picture.contains("function inflate"));
        type("n");
        await(picture -> picture.contains("function, empty for any:"));
        type("\u001b"); // no change after all
        await(picture -> order(picture).equals("Zip") && !picture.contains("empty for any"));
    }

    @Test
    @DisplayName("pauses: what is shown stays, until it goes on")
    void pauses() throws Exception {
        await(picture -> picture.contains(" 4096          1"));
        type("p");
        await(picture -> picture.contains("PAUSED"));
        feed.info.set(report(40_960));
        type("h"); // drawn anew all the same
        final String paused = await(picture -> picture.contains("4.0K          1"));
        assertFalse(paused.contains("44K"), paused);
        type("p");
        await(picture -> picture.contains(" 44K          1") && !picture.contains("PAUSED"));
    }

    @Test
    @DisplayName("scrolls by arrow keys, and no further than the last row")
    void scrolls() throws Exception {
        await(picture -> order(picture).equals("Cache Zip Leak"));
        type("\u001b[B");
        await(picture -> order(picture).equals("Zip Leak"));
        type("\u001b[6~");
        await(picture -> order(picture).equals("Leak"));
        type("\u001b[5~\u001bOA");
        await(picture -> order(picture).equals("Cache Zip Leak"));
    }

    private void awaitNarrow() throws Exception {
        final String picture = await(each -> each.contains("…"));
        picture.lines().forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(picture.contains("…:94 [zip] func:inflate\n"), picture);
        assertTrue(picture.endsWith("  arrows scroll\n"), picture);
    }

    @Test
    @DisplayName("fits itself to the terminal: long places lose their beginning")
    void narrow() throws Exception {
        await(picture -> order(picture).equals("Cache Zip Leak"));
        resize(80);
        terminal.raise(Signal.WINCH);
        awaitNarrow();
    }

    @Test
    @DisplayName("fits itself to the terminal before the signal comes")
    void signalLate() throws Exception {
        await(picture -> order(picture).equals("Cache Zip Leak"));
        resize(80);
        awaitNarrow();
    }

    @Test
    @DisplayName("fits itself to a terminal that changes while its size is read, with no report due for an hour")
    void resizedWhileRead() throws Exception {
        await(picture -> order(picture).equals("Cache Zip Leak"));
        type("q");
        assertTrue(top.get(60, TimeUnit.SECONDS));
        run(Duration.ofHours(1));
        await(picture -> picture.contains("26 calls, 0 in 0 s"));
        sizeRead.set(() -> {
            resize(80);
            terminal.raise(Signal.WINCH);
        });
        type("h");
        awaitNarrow();
    }

    @Test
    @DisplayName("ends by q")
    void ends() throws Exception {
        await(picture -> picture.contains("Leak.java"));
        type("q");
        assertTrue(top.get(60, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("ends by Ctrl-C")
    void interrupted() throws Exception {
        await(picture -> picture.contains("Leak.java"));
        type("\u0003");
        assertTrue(top.get(60, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("ends when the terminal is closed")
    void closed() throws Exception {
        await(picture -> picture.contains("Leak.java"));
        keys.close();
        assertTrue(top.get(60, TimeUnit.SECONDS));
    }

    @Test
    @DisplayName("ends with the reason when the source goes away, and gives the terminal back")
    void sourceGone() throws Exception {
        await(picture -> picture.contains("Leak.java"));
        feed.failure.set(new ReportException("the feed has ended"));
        final ExecutionException failed = assertThrows(ExecutionException.class, () -> top.get(60, TimeUnit.SECONDS));
        assertEquals("the feed has ended", failed.getCause().getMessage());
    }
}
