package io.codetag.tools.page;

import io.codetag.AllocCounts;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoText;
import io.codetag.core.ProfilerTotals;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes metrics in the text format of OpenMetrics 1.0.
 *
 * <p>The number of series is bounded: the N largest tags by bytes have their own, the rest is one, {@code file="other"};
 * likewise the N largest allocators. The sum over the series is the sum over all. Names and labels are those of
 * codetag-micrometer.
 */
final class OpenMetrics {
    static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String OTHER = "other";
    private static final Comparator<Map.Entry<String, AllocCounts>> LARGEST =
            Map.Entry.comparingByValue(Comparator.comparingLong((AllocCounts counts) -> -counts.bytes())
                    .thenComparingLong(counts -> -counts.calls()));

    private final Appendable out;
    private final int top;

    private OpenMetrics(Appendable out, int top) {
        this.out = out;
        this.top = top;
    }

    static void write(
            AllocInfo info, @Nullable ProfilerTotals totals, @Nullable ProfilingState state, int top, Appendable out)
            throws IOException {
        final OpenMetrics metrics = new OpenMetrics(out, top);
        metrics.tags(info);
        if (totals != null) {
            metrics.totals(totals);
        }
        if (state != null) {
            metrics.state(state);
        }
        out.append("# EOF\n");
    }

    private void tags(AllocInfo info) throws IOException {
        final Map<String, AllocCounts> series = new LinkedHashMap<>();
        for (AllocEntry entry : info.entries()) {
            final Place place = Place.of(entry.place());
            final String file = place.folder().isEmpty() ? place.file() : place.folder() + '/' + place.file();
            final String labels = labels(place.module(), file, Integer.toString(place.line()), place.function());
            series.merge(labels, TagRow.printed(entry.counts()), AllocCounts::plus);
        }
        family(bounded(series, labels("", OTHER, "", "")), "live", "by tag: pages and charged memory");
        single("codetag_tags", "Tags in the report", "", info.entries().size());
        single(
                "codetag_inaccurate_tags",
                "Tags of which something may have gone uncounted",
                "",
                info.entries().stream().filter(entry -> !entry.accurate()).count());
        single(
                "codetag_unloaded_bytes",
                "Live bytes of tags whose module was unloaded",
                "bytes",
                info.entries().stream()
                        .filter(AllocEntry::unloaded)
                        .mapToLong(entry -> Math.max(0, entry.bytes()))
                        .sum());
    }

    private void totals(ProfilerTotals totals) throws IOException {
        final Map<String, AllocCounts> series = new LinkedHashMap<>();
        for (PageTotals each : totals.pages()) {
            final AllocCounts counts = TagRow.printed(new AllocCounts(each.bytes(), each.calls()));
            series.merge("allocator=\"" + value(each.allocator()) + '"', counts, AllocCounts::plus);
        }
        family(bounded(series, "allocator=\"" + OTHER + '"'), "pages", "of recorded pages");
        final AllocCounts charged = TagRow.printed(totals.charged());
        single("codetag_charged_bytes", "Live bytes of charged memory, which is no page", "bytes", charged.bytes());
        single("codetag_charged_calls", "Live calls of charged memory, which is no page", "calls", charged.calls());
        single(
                "codetag_own_bytes",
                "Memory of the profiler itself: tags, counters, stores",
                "bytes",
                totals.ownBytes());
    }

    private void state(ProfilingState state) throws IOException {
        head("codetag_state", "gauge", "1 for the state that profiling is in", "");
        for (ProfilingState each : ProfilingState.values()) {
            final String name = each.name().toLowerCase(Locale.ROOT);
            out.append("codetag_state{state=\"" + name + "\"} " + (each == state ? '1' : '0') + '\n');
        }
    }

    /** Keeps the largest and adds up the others. */
    private Map<String, AllocCounts> bounded(Map<String, AllocCounts> series, String other) {
        final Map<String, AllocCounts> kept = new LinkedHashMap<>();
        AllocCounts rest = AllocCounts.ZERO;
        final List<Map.Entry<String, AllocCounts>> sorted =
                series.entrySet().stream().sorted(LARGEST).toList();
        for (Map.Entry<String, AllocCounts> each : sorted) {
            if (kept.size() < top) {
                kept.put(each.getKey(), each.getValue());
            } else {
                rest = rest.plus(each.getValue());
            }
        }
        kept.merge(other, rest, AllocCounts::plus);
        return kept;
    }

    private void family(Map<String, AllocCounts> series, String name, String what) throws IOException {
        samples("codetag_" + name + "_bytes", "Live bytes " + what, "bytes", series, AllocCounts::bytes);
        samples("codetag_" + name + "_calls", "Live calls " + what, "calls", series, AllocCounts::calls);
    }

    private void samples(
            String name, String help, String unit, Map<String, AllocCounts> series, ToLongFunction<AllocCounts> value)
            throws IOException {
        head(name, "gauge", help, unit);
        for (Map.Entry<String, AllocCounts> each : series.entrySet()) {
            out.append(name + '{' + each.getKey() + "} " + value.applyAsLong(each.getValue()) + '\n');
        }
    }

    private void single(String name, String help, String unit, long value) throws IOException {
        head(name, "gauge", help, unit);
        out.append(name + ' ' + value + '\n');
    }

    private void head(String name, String type, String help, String unit) throws IOException {
        out.append("# TYPE " + name + ' ' + type + '\n');
        if (!unit.isEmpty()) {
            out.append("# UNIT " + name + ' ' + unit + '\n');
        }
        out.append("# HELP " + name + ' ' + help + ".\n");
    }

    private static String labels(String module, String file, String line, String function) {
        return "module=\"" + value(module) + "\",file=\"" + value(file) + "\",line=\"" + line + "\",function=\""
                + value(function) + '"';
    }

    /** Writes a name as text reports do, but with its blanks left alone, and escaped once more for this format. */
    private static String value(String name) {
        final StringBuilder text = new StringBuilder(name.length() + 8);
        final String[] words = name.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ")
                    .append(AllocInfoText.escape(words[i]).replace("\\", "\\\\").replace("\"", "\\\""));
        }
        return text.toString();
    }
}
