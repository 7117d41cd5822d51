package io.codetag.tools.page;

import com.sun.net.httpserver.Headers;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoJson;
import io.codetag.core.ProfilerTotals;
import io.codetag.tools.pprof.PprofWriter;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is at which path. Each request takes one snapshot. */
final class PageRoutes {
    static final String TOKEN_HEADER = "X-Codetag-Token";
    private static final Set<String> TEXT_PARAMETERS =
            Stream.concat(ReportQuery.FILTERS.stream(), Stream.of("version")).collect(Collectors.toUnmodifiableSet());
    private static final String PAGE_POLICY = PageAssets.POLICY + "; connect-src 'self'";

    private final PageSource source;
    private final PageOptions options;
    private final History history;
    private final Map<String, Route> reading;

    PageRoutes(PageSource source, PageOptions options) {
        this.source = source;
        this.options = options;
        this.history = new History(options.history(), options.interval().toMillis() / 2);
        this.reading = Map.of(
                "/", this::page,
                "/page.json", this::pageJson,
                "/allocinfo", this::text,
                "/allocinfo.json", this::json,
                "/metrics", this::metrics,
                "/debug/pprof/heap", this::pprof);
    }

    /** The path that switches recording; it is written to, never read. */
    static final String SWITCH = "/profiling";

    /** Returns the methods of a path; null if there is nothing. */
    static @Nullable String methodsOf(String path, Set<String> readable) {
        return path.equals(SWITCH) ? "POST" : readable.contains(path) ? "GET, HEAD" : null;
    }

    Set<String> readable() {
        return reading.keySet();
    }

    Answer read(String path, @Nullable String query) throws Refusal {
        final Route route = reading.get(path);
        if (route == null) {
            throw new Refusal(404, "there is nothing here; try " + String.join(", ", new TreeSet<>(reading.keySet())));
        }
        return route.answer(query);
    }

    /** Switches recording on or off, if that was allowed and the caller has the token. */
    Answer toggle(Headers headers, @Nullable String query) throws Refusal {
        final String token = options.token();
        if (token == null) {
            throw new Refusal(403, "this page only reads; switching has to be allowed where it is started");
        }
        final List<String> given = headers.get(TOKEN_HEADER);
        if (given == null || given.size() != 1 || !isEqual(token, given.get(0))) {
            throw new Refusal(403, "the header " + TOKEN_HEADER + " does not have the right token");
        }
        final boolean on;
        if ("record=on".equals(query)) {
            on = true;
        } else if ("record=off".equals(query)) {
            on = false;
        } else {
            throw new Refusal(400, "the query has to be record=on or record=off");
        }
        try {
            source.record(on);
        } catch (IllegalStateException impossible) {
            throw new Refusal(409, String.valueOf(impossible.getMessage()));
        }
        final ProfilingState state = source.state();
        return Answer.of(Answer.PLAIN, out -> out.append("profiling: ")
                .append(state == null ? "unknown" : state.name().toLowerCase(Locale.ROOT))
                .append('\n'));
    }

    /** Takes as long for any wrong token. */
    private static boolean isEqual(String token, String given) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Answer page(@Nullable String query) throws Refusal {
        ReportQuery.parse(query, Set.of());
        return new Answer(
                "text/html; charset=utf-8",
                PAGE_POLICY,
                ((Answer.Text) out -> {
                            final PageContent content = content();
                            HtmlReport.write(out, options.title(), PAGE_POLICY, data -> writeData(content, data));
                        })
                        .inUtf8());
    }

    private Answer pageJson(@Nullable String query) throws Refusal {
        ReportQuery.parse(query, Set.of());
        return Answer.of(Answer.JSON, out -> writeData(content(), out));
    }

    private PageContent content() throws Refusal {
        final AllocInfo info = snapshot(AllocFilter.ALL);
        return new PageContent(
                options.title(),
                source.name(),
                new Sample(Instant.now(), info),
                null,
                List.of(),
                source.totals(false),
                source.state());
    }

    private void writeData(PageContent content, Appendable out) throws IOException {
        final List<TimePoint> points = history.add(TimePoint.of(content.current()));
        PageJson.write(content, points, new LiveTerms(options.interval(), options.token() != null), out);
    }

    private Answer text(@Nullable String query) throws Refusal {
        final ReportQuery asked = ReportQuery.parse(query, TEXT_PARAMETERS);
        return Answer.of(Answer.PLAIN, out -> asked.version().write(asked.apply(snapshot(asked.filter())), out));
    }

    private Answer json(@Nullable String query) throws Refusal {
        final ReportQuery asked = ReportQuery.parse(query, ReportQuery.FILTERS);
        return Answer.of(Answer.JSON, out -> {
            AllocInfoJson writer = AllocInfoJson.ENTRIES;
            final ProfilingState state = source.state();
            final ProfilerTotals totals = source.totals(true);
            final List<StorageFacts> storage = source.storage();
            writer = state == null ? writer : writer.with(state);
            writer = totals == null ? writer : writer.with(totals);
            writer = storage == null ? writer : writer.with(storage);
            writer.write(asked.apply(snapshot(asked.filter())), out);
        });
    }

    private Answer metrics(@Nullable String query) throws Refusal {
        ReportQuery.parse(query, Set.of());
        return Answer.of(
                OpenMetrics.CONTENT_TYPE,
                out -> OpenMetrics.write(
                        snapshot(AllocFilter.ALL), source.totals(false), source.state(), options.top(), out));
    }

    private Answer pprof(@Nullable String query) throws Refusal {
        final ReportQuery asked = ReportQuery.parse(query, ReportQuery.FILTERS);
        return new Answer(
                "application/octet-stream",
                Answer.NOTHING,
                out -> PprofWriter.write(new Sample(Instant.now(), asked.apply(snapshot(asked.filter()))), out));
    }

    private AllocInfo snapshot(AllocFilter filter) throws Refusal {
        try {
            return source.snapshot(filter);
        } catch (ReportException unreadable) {
            throw new Refusal(503, String.valueOf(unreadable.getMessage()));
        }
    }

    /** What stands at one path. */
    @FunctionalInterface
    private interface Route {
        Answer answer(@Nullable String query) throws Refusal;
    }
}
