package io.codetag.tools.page;

import io.codetag.AllocCounts;
import io.codetag.PageTotals;
import io.codetag.core.ProfilerTotals;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the page shows: each name once in a table of strings, the tags in columns.
 *
 * <pre>
 * {"version":1,"title":"…","source":"…","takenAt":1767225600000,"consistent":true,"profiling":"on",
 *  "totals":{"pages":[{"allocator":"…","bytes":…,"calls":…,"untracked":…}],"charged":{…},"ownBytes":…},
 *  "tags":{"folder":[1,…],"file":[2,…],"line":[214,…],"function":[3,…],"module":[0,…],
 *          "bytes":[151552,…],"calls":[37,…],"notes":[0,…]},
 *  "older":{"takenAt":…,"bytes":[…],"calls":[…],"change":[…]},
 *  "series":{"times":[…],"total":[…],"lines":[{"place":[1,2,214,3,0],"bytes":[…]}]},
 *  "strings":["","com/acme/cache","PageCache.java","readAhead",…]}
 * </pre>
 *
 * <p>{@code profiling}, {@code totals}, {@code older}, {@code series} and {@code live} are there only if there is something to say.
 * {@code change} names the constant of {@link io.codetag.core.AllocDelta.Change}, in lower case.
 */
final class PageJson {
    static final int VERSION = 1;

    /** The page draws so many tags over time; the rest is one line. */
    static final int TIMELINE_TAGS = 24;

    private final PageContent content;
    private final JsonOut json;
    private final StringTable strings = new StringTable();

    private PageJson(PageContent content, Appendable out) {
        this.content = content;
        this.json = new JsonOut(out);
    }

    /** Writes a page that is a file. */
    static void write(PageContent content, Appendable out) throws IOException {
        final List<TimePoint> points =
                content.series().stream().map(TimePoint::of).toList();
        write(content, points, null, out);
    }

    /**
     * Writes a page.
     *
     * @param content all but the series
     * @param points the series; fewer than two are none
     * @param live how the page stays in touch; null if it does not
     * @param out where to
     */
    static void write(PageContent content, List<TimePoint> points, @Nullable LiveTerms live, Appendable out)
            throws IOException {
        new PageJson(content, out).write(points, live);
    }

    private void write(List<TimePoint> points, @Nullable LiveTerms live) throws IOException {
        final Sample current = content.current();
        final Sample baseline = content.baseline();
        json.begin('{').name("version").value(VERSION);
        json.name("title").value(content.title());
        json.name("source").value(content.source());
        json.name("takenAt").value(current.takenAt().toEpochMilli());
        json.name("consistent").value(current.info().consistent());
        if (content.state() != null) {
            json.name("profiling").value(lower(content.state()));
        }
        if (content.totals() != null) {
            writeTotals(content.totals());
        }
        final List<TagRow> rows = TagRow.of(current.info(), baseline == null ? null : baseline.info());
        writeTags(rows);
        if (baseline != null) {
            writeOlder(baseline, rows);
        }
        if (points.size() > 1) {
            Timeline.of(points, TIMELINE_TAGS).write(json.name("series"), strings);
        }
        if (live != null) {
            json.name("live").begin('{').name("interval").value(live.interval().toMillis());
            json.name("toggle").value(live.mayToggle()).end('}');
        }
        json.name("strings").begin('[');
        for (String string : strings.strings()) {
            json.value(string);
        }
        json.end(']').end('}');
        json.flush();
    }

    private void writeTotals(ProfilerTotals totals) throws IOException {
        json.name("totals").begin('{').name("pages").begin('[');
        for (PageTotals each : totals.pages()) {
            json.begin('{').name("allocator").value(each.allocator());
            writeCounts(new AllocCounts(each.bytes(), each.calls()));
            if (each.untracked().isPresent()) {
                json.name("untracked").value(each.untracked().getAsLong());
            }
            json.end('}');
        }
        json.end(']').name("charged").begin('{');
        writeCounts(totals.charged());
        json.end('}').name("ownBytes").value(totals.ownBytes()).end('}');
    }

    private void writeCounts(AllocCounts counts) throws IOException {
        final AllocCounts printed = TagRow.printed(counts);
        json.name("bytes").value(printed.bytes()).name("calls").value(printed.calls());
    }

    private void writeTags(List<TagRow> rows) throws IOException {
        json.name("tags").begin('{');
        column("folder", rows, row -> strings.numberOf(row.place().folder()));
        column("file", rows, row -> strings.numberOf(row.place().file()));
        column("line", rows, row -> row.place().line());
        column("function", rows, row -> strings.numberOf(row.place().function()));
        column("module", rows, row -> strings.numberOf(row.place().module()));
        column("bytes", rows, row -> row.counts().bytes());
        column("calls", rows, row -> row.counts().calls());
        column("notes", rows, TagRow::notes);
        json.end('}');
    }

    private void writeOlder(Sample baseline, List<TagRow> rows) throws IOException {
        json.name("older").begin('{');
        json.name("takenAt").value(baseline.takenAt().toEpochMilli());
        column("bytes", rows, row -> row.older().bytes());
        column("calls", rows, row -> row.older().calls());
        column("change", rows, row -> strings.numberOf(lower(row.change())));
        json.end('}');
    }

    private <T> void column(String name, List<T> rows, ToLongFunction<T> value) throws IOException {
        json.name(name).begin('[');
        for (T row : rows) {
            json.value(value.applyAsLong(row));
        }
        json.end(']');
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
