package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.PageTagger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A report that is read while modules come and go")
class ReportsAndModulesTest {
    private static final int MODULES = 300;
    private static final int TAGS = 20;

    private static String module(int number) {
        return "plugin-" + number;
    }

    /** Each tag of a module has one page, and its line says which module it is of. */
    private static List<CodeTag> places(int number) {
        return IntStream.rangeClosed(1, TAGS)
                .mapToObj(line -> CodeTag.of("com.acme.P" + number, "P" + number + ".java", line, "site" + line))
                .toList();
    }

    @Test
    @DisplayName("has whole lines only, each of a tag that there was, and no tag twice")
    void neverTorn() throws InterruptedException {
        try (Profiler profiler = Profiler.builder().build()) {
            final PageTagger tagger = profiler.attach(Pools.plain("pool", TAGS).build());
            final AtomicBoolean done = new AtomicBoolean();
            final AtomicInteger reports = new AtomicInteger();
            Crowd.run(List.of(
                    number -> {
                        for (int i = 0; i < MODULES || reports.get() < 20; i++) {
                            loadUseAndUnload(profiler, tagger, i % MODULES);
                        }
                        done.set(true);
                    },
                    number -> {
                        while (!done.get()) {
                            read(profiler);
                            reports.incrementAndGet();
                        }
                    }));
            assertEquals(0, tagger.totals().calls());
        }
    }

    private static void loadUseAndUnload(Profiler profiler, PageTagger tagger, int number) {
        final CodeModule module = profiler.load(module(number), places(number));
        for (int i = 0; i < TAGS; i++) {
            tagger.add(i, 0, module.tags().get(i));
        }
        for (int i = 0; i < TAGS; i++) {
            tagger.sub(i, 0);
        }
        module.unload();
        profiler.housekeep();
    }

    private static void read(Profiler profiler) throws IOException {
        final AllocInfo info = profiler.snapshot();
        final StringBuilder text = new StringBuilder();
        AllocInfoText.V2_0.write(info, text);
        final List<String> lines = text.toString().lines().skip(2).toList();
        assertEquals(info.entries().size(), lines.size());
        assertEquals(
                lines.size(),
                info.entries().stream().map(AllocEntry::code).distinct().count(),
                "a tag is there twice");
        for (String line : lines) {
            final ReportLine read = ReportLine.parse(line);
            final String number = String.valueOf(read.module()).substring("plugin-".length());
            assertEquals("com/acme/P" + number + ".java", read.path(), line);
            assertEquals("site" + read.line(), read.function(), line);
            assertTrue(read.bytes() == read.calls() * Pools.PAGE && read.calls() <= 1, line);
        }
    }

    @Test
    @DisplayName("is taken once and cut into pages, however many pages a reader asks for")
    void notQuadratic() {
        final FakeReportSource source = new FakeReportSource("pool");
        for (int i = 0; i < 2_000; i++) {
            source.entries.add(ReportEntries.entry("a.B", i + 1, i, 1));
        }
        final ReportPages pages = new ReportPages(source);
        final ReportPages.Query query = new ReportPages.Query(AllocFilter.ALL, AllocOrder.BYTES, 0);
        long read = 0;
        final List<ReportPage> all = new ArrayList<>();
        for (int page = 0; page < 200; page++) {
            all.add(pages.page(query, ReportFormat.TEXT_2_0, page, 10));
            read += all.get(page)
                    .getText()
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("alloc"))
                    .count();
        }
        assertEquals(2_000, read);
        assertEquals(1, source.snapshots, "each page took a snapshot of all tags");
    }

    @Test
    @DisplayName("writes each name once, in pieces that grow with the number of lines and not with its square")
    void writtenOnce() throws IOException {
        long before = 0;
        for (int tags : new int[] {1_000, 2_000, 4_000}) {
            final List<AllocEntry> entries = new ArrayList<>();
            for (int i = 0; i < tags; i++) {
                entries.add(ReportEntries.entry("a.B", 100_000 + i, 1, 1));
            }
            final Counted out = new Counted();
            AllocInfoText.V2_0.write(new AllocInfo(1, 1, entries), out);
            assertTrue(out.pieces <= tags / 50, out.pieces + " pieces for " + tags + " tags");
            assertTrue(before == 0 || out.characters <= 2 * before, "twice the tags, more than twice the text");
            before = out.characters;
        }
    }

    /** Counts what is written. */
    private static final class Counted implements Appendable {
        private long characters;
        private int pieces;

        @Override
        public Appendable append(CharSequence text) {
            characters += text.length();
            pieces++;
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char character) {
            return append(String.valueOf(character));
        }
    }
}
