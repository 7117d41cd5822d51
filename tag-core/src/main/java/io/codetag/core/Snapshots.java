package io.codetag.core;

import io.codetag.AllocCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Takes reports: cheap tests first, counters summed only for what passes them. */
final class Snapshots {
    /** Up to so many tags are summed one by one; more are summed stripe by stripe. */
    private static final int FEW = 64;

    private final TagRegistry registry;
    private final Supplier<List<Reading>> readings;

    Snapshots(TagRegistry registry, Supplier<List<Reading>> readings) {
        this.registry = registry;
        this.readings = readings;
    }

    AllocInfo take(AllocFilter filter) {
        final long before = registry.contentId();
        final List<TagRecord> matching = new ArrayList<>();
        for (TagRecord record : registry.snapshot(FileKey.wantedBy(filter))) {
            if (filter.matchesPlace(record.place(), record.isAccurate())) {
                matching.add(record);
            }
        }
        final List<Reading> all = readings.get();
        final List<AllocEntry> entries = matching.size() <= FEW ? few(matching, all) : many(matching, all);
        entries.removeIf(entry -> !filter.matchesBytes(entry.counts().bytes())
                || (entry.unloaded() && entry.counts().equals(AllocCounts.ZERO)));
        return new AllocInfo(before, registry.contentId(), entries);
    }

    private static List<AllocEntry> few(List<TagRecord> records, List<Reading> all) {
        final List<AllocEntry> entries = new ArrayList<>(records.size());
        for (TagRecord record : records) {
            entries.add(entry(record, Readings.live(all, record.code())));
        }
        return entries;
    }

    private static List<AllocEntry> many(List<TagRecord> records, List<Reading> all) {
        final int bound = records.get(records.size() - 1).code() + 1;
        final long[] bytes = new long[bound];
        final long[] calls = new long[bound];
        Readings.live(all, bytes, calls);
        final List<AllocEntry> entries = new ArrayList<>(records.size());
        for (TagRecord record : records) {
            entries.add(entry(record, new AllocCounts(bytes[record.code()], calls[record.code()])));
        }
        return entries;
    }

    private static AllocEntry entry(TagRecord record, AllocCounts counts) {
        return new AllocEntry(
                record.code(), record.place(), record.declaration(), counts, record.isAccurate(), record.isUnloaded());
    }
}
