package io.codetag.tools.top;

import io.codetag.AllocCounts;
import io.codetag.ProfilingState;
import io.codetag.core.AllocFilter;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.Sample;
import io.codetag.tools.report.Timelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the live table shows, and how the person wants it. Used by one thread. */
final class TopModel {
    private static final double NANOS = 1e9;

    private final String source;
    private final Duration interval;
    private TopSort sort;
    private AllocFilter filter;
    private boolean human;
    private boolean paused;
    private @Nullable Sample first;
    private @Nullable Sample before;
    private @Nullable Sample now;
    private @Nullable ProfilingState state;

    TopModel(String source, Duration interval, TopSort sort, AllocFilter filter, boolean human) {
        this.source = source;
        this.interval = interval;
        this.sort = sort;
        this.filter = filter;
        this.human = human;
    }

    /** Takes a new report, unless paused. */
    void accept(Reading reading) {
        if (!paused) {
            before = now;
            now = reading.last();
            first = first == null ? now : first;
            state = reading.state();
        }
    }

    /** Returns the rows that pass the filter, in order. */
    List<TopRow> rows() {
        final Sample to = now;
        final Sample start = first;
        if (to == null || start == null) {
            return List.of();
        }
        final Sample from = before == null ? to : before;
        final double seconds = Duration.between(from.takenAt(), to.takenAt()).toNanos() / NANOS;
        final List<TopRow> rows = new ArrayList<>();
        for (Timelines.Line line : Timelines.of(List.of(start, from, to)).lines()) {
            if (filter.matchesPlace(line.place(), true)) {
                final AllocCounts counts = line.at(2);
                final long step = counts.bytes() - line.at(1).bytes();
                rows.add(new TopRow(
                        line.place(),
                        counts.bytes(),
                        counts.calls(),
                        counts.bytes() - line.at(0).bytes(),
                        seconds > 0 ? step / seconds : 0));
            }
        }
        rows.sort(sort.comparator());
        return rows;
    }

    String source() {
        return source;
    }

    Duration interval() {
        return interval;
    }

    TopSort sort() {
        return sort;
    }

    void sortBy(TopSort order) {
        sort = order;
    }

    AllocFilter filter() {
        return filter;
    }

    void filterBy(AllocFilter wanted) {
        filter = wanted;
    }

    boolean human() {
        return human;
    }

    void toggleHuman() {
        human = !human;
    }

    boolean paused() {
        return paused;
    }

    void togglePause() {
        paused = !paused;
    }

    @Nullable
    Sample first() {
        return first;
    }

    @Nullable
    Sample now() {
        return now;
    }

    @Nullable
    ProfilingState state() {
        return state;
    }
}
