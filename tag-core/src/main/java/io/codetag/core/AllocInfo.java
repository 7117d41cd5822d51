package io.codetag.core;

import io.codetag.AllocCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was live, by tag, as read from a profiler. Tags without live memory are entries too.
 *
 * <p>Counters are read one after the other while the program runs. A value is never less than what was live at some moment
 * of the reading; of a tag that is busy it may be more, by what was allocated and freed while that tag was read.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param contentIdBefore the profiler's content id before the first entry was read
 * @param contentIdAfter the same after the last
 * @param entries one for each tag
 * @since 0.1
 */
public record AllocInfo(long contentIdBefore, long contentIdAfter, List<AllocEntry> entries) {
    /**
     * Copies the list.
     *
     * @param contentIdBefore the content id before
     * @param contentIdAfter the content id after
     * @param entries one for each tag
     */
    public AllocInfo {
        entries = List.copyOf(entries);
    }

    /**
     * Says whether the set of tags stayed the same while it was read. It tells nothing of the values.
     *
     * @return whether both content ids are equal
     */
    public boolean consistent() {
        return contentIdBefore == contentIdAfter;
    }

    /**
     * Adds up all entries.
     *
     * @return bytes and calls
     */
    public AllocCounts total() {
        AllocCounts sum = AllocCounts.ZERO;
        for (AllocEntry entry : entries) {
            sum = sum.plus(entry.counts());
        }
        return sum;
    }

    /**
     * Keeps the largest entries, ordered by {@link AllocOrder#BYTES}.
     *
     * @param n how many, 0 or more
     * @return the entries that are left
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public AllocInfo top(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n is " + n + "; accepted: 0 or more");
        }
        return with(EntryOrder.first(entries, n, AllocOrder.BYTES));
    }

    /**
     * Orders the entries.
     *
     * @param order by what
     * @return the same entries in that order
     */
    public AllocInfo sortedBy(AllocOrder order) {
        return with(EntryOrder.sorted(entries, order));
    }

    /**
     * Keeps the entries that pass a filter, in the order they have.
     *
     * @param filter the conditions
     * @return the entries that are left
     */
    public AllocInfo filter(AllocFilter filter) {
        return with(entries.stream()
                .filter(entry ->
                        filter.matchesPlace(entry.place(), entry.accurate()) && filter.matchesBytes(entry.bytes()))
                .toList());
    }

    /**
     * Merges entries that look alike: two calls on one line, a line that was loaded twice, a reloaded module.
     *
     * <p>The merged entry stands where the first one stood and has its code. It is accurate if all are, and unloaded if
     * all are. It keeps the declaration if all have the same, else it has none.
     *
     * @return entries with distinct text
     */
    public AllocInfo merged() {
        final Map<PlaceKey, AllocEntry> byPlace = new LinkedHashMap<>(entries.size() * 2);
        for (AllocEntry entry : entries) {
            byPlace.merge(PlaceKey.of(entry.place()), entry, AllocInfo::merge);
        }
        return with(new ArrayList<>(byPlace.values()));
    }

    /**
     * Compares with an older snapshot.
     *
     * @param older the older snapshot
     * @return what changed since then
     */
    public AllocDiff diff(AllocInfo older) {
        return new AllocDiff(DiffJoin.join(older.entries, entries));
    }

    private static AllocEntry merge(AllocEntry a, AllocEntry b) {
        return new AllocEntry(
                a.code(),
                a.place(),
                a.declaration() != null && a.declaration().equals(b.declaration()) ? a.declaration() : null,
                a.counts().plus(b.counts()),
                a.accurate() && b.accurate(),
                a.unloaded() && b.unloaded());
    }

    private AllocInfo with(List<AllocEntry> others) {
        return new AllocInfo(contentIdBefore, contentIdAfter, others);
    }
}
