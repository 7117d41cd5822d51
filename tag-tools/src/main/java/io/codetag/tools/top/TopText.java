package io.codetag.tools.top;

import io.codetag.core.AllocFilter;
import io.codetag.core.HumanBytes;
import io.codetag.core.PlaceText;
import io.codetag.tools.report.Sample;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of the live table, without colours. Names are escaped: none can move the cursor. */
final class TopText {
    static final String COLUMNS =
            String.format(Locale.ROOT, "%14s %10s %14s %14s  %s", "BYTES", "CALLS", "GROWTH", "BYTES/s", "TAG");

    /** Where the place begins in a row. */
    static final int PLACE_COLUMN = 57;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final TopModel model;

    TopText(TopModel model) {
        this.model = model;
    }

    /** Returns the lines above the columns. */
    List<String> header(List<TopRow> rows) {
        final Sample now = model.now();
        final Sample first = model.first();
        if (now == null || first == null) {
            return List.of("allocinfo top - " + model.source() + ": waiting for the first report", "", "");
        }
        long bytes = 0;
        long calls = 0;
        long growth = 0;
        double rate = 0;
        for (TopRow row : rows) {
            bytes += row.bytes();
            calls += row.calls();
            growth += row.growth();
            rate += row.rate();
        }
        final Duration running = Duration.between(first.takenAt(), now.takenAt());
        return List.of(
                "allocinfo top - " + model.source() + ", "
                        + CLOCK.format(now.takenAt().atZone(ZoneId.systemDefault()))
                        + (model.state() == null
                                ? ""
                                : ", profiling " + String.valueOf(model.state()).toLowerCase(Locale.ROOT))
                        + (model.paused() ? ", PAUSED" : ""),
                String.format(
                        Locale.ROOT,
                        "%,d tags, %,d shown: %s bytes in %,d calls, %s in %,d s, %s bytes/s",
                        now.info().entries().size(),
                        rows.size(),
                        number(Math.max(0, bytes)),
                        Math.max(0, calls),
                        signed(growth),
                        running.toSeconds(),
                        signed(Math.round(rate))),
                "sorted by " + model.sort().name().toLowerCase(Locale.ROOT) + conditions(model.filter()));
    }

    /** Returns a row. */
    String row(TopRow row) {
        return String.format(
                Locale.ROOT,
                "%14s %10d %14s %14s  %s",
                number(Math.max(0, row.bytes())),
                Math.max(0, row.calls()),
                signed(row.growth()),
                signed(Math.round(row.rate())),
                PlaceText.of(row.place()));
    }

    /** Returns the whole table, for where there is no terminal. */
    List<String> table(int most) {
        final List<TopRow> rows = model.rows();
        final List<String> lines = new ArrayList<>(header(rows));
        lines.add(COLUMNS);
        rows.stream().limit(most).map(this::row).forEach(lines::add);
        return lines;
    }

    private String number(long bytes) {
        return model.human() ? HumanBytes.format(bytes) : String.format(Locale.ROOT, "%d", bytes);
    }

    private String signed(long bytes) {
        return (bytes > 0 ? "+" : "") + number(bytes);
    }

    private static String conditions(AllocFilter filter) {
        return condition("module", filter.module())
                + condition("file", filter.file())
                + condition("function", filter.function());
    }

    private static String condition(String what, @Nullable String value) {
        return value == null ? "" : ", " + what + " " + (value.isEmpty() ? "none" : PlaceText.escape(value));
    }
}
