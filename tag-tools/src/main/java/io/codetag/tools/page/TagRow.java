package io.codetag.tools.page;

import io.codetag.AllocCounts;
import io.codetag.core.AllocDelta;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the page. Numbers below zero are 0, as in all reports.
 *
 * @param place where
 * @param counts what is live; zero if the tag is gone
 * @param notes the marks of the tag: {@link #INACCURATE}, {@link #UNLOADED}
 * @param older what was live in the baseline; zero without one
 * @param change how it changed since the baseline; same without one
 */
record TagRow(Place place, AllocCounts counts, int notes, AllocCounts older, AllocDelta.Change change) {
    static final int INACCURATE = 1;
    static final int UNLOADED = 2;

    /** Returns the lines of a report, compared with a baseline if there is one. */
    static List<TagRow> of(AllocInfo info, @Nullable AllocInfo baseline) {
        final List<TagRow> rows = new ArrayList<>(info.entries().size());
        if (baseline == null) {
            for (AllocEntry entry : info.merged().entries()) {
                rows.add(new TagRow(
                        Place.of(entry.place()),
                        printed(entry.counts()),
                        notesOf(entry),
                        AllocCounts.ZERO,
                        AllocDelta.Change.SAME));
            }
            return rows;
        }
        final Map<Place, Integer> notes = new HashMap<>();
        baseline.merged().entries().forEach(entry -> notes.put(Place.of(entry.place()), notesOf(entry)));
        info.merged().entries().forEach(entry -> notes.put(Place.of(entry.place()), notesOf(entry)));
        for (AllocDelta delta : info.diff(baseline).deltas()) {
            final Place place = Place.of(delta.place());
            rows.add(new TagRow(
                    place,
                    printed(delta.newer()),
                    notes.getOrDefault(place, 0),
                    printed(delta.older()),
                    delta.change()));
        }
        return rows;
    }

    static AllocCounts printed(@Nullable AllocCounts counts) {
        return counts == null
                ? AllocCounts.ZERO
                : new AllocCounts(Math.max(0, counts.bytes()), Math.max(0, counts.calls()));
    }

    private static int notesOf(AllocEntry entry) {
        return (entry.accurate() ? 0 : INACCURATE) | (entry.unloaded() ? UNLOADED : 0);
    }
}
