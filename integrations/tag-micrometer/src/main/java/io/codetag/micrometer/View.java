package io.codetag.micrometer;

import io.codetag.AllocCounts;
import io.codetag.PageTotals;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.ProfilerTotals;
import java.util.HashMap;
import java.util.Map;

/**
 * All values of one collection.
 *
 * @param tags the live memory of tags
 * @param pages the pages of allocators
 * @param storage where allocators keep their references
 * @param charged memory that is no page
 * @param ownBytes what the profiler takes itself
 * @param tagCount how many tags there are
 * @param inaccurate how many of them are not accurate
 * @param unloaded the live memory of tags whose module was unloaded
 * @param state the state of profiling
 */
record View(
        Ranked<TagKey, AllocCounts> tags,
        Ranked<String, PagesFigures> pages,
        Ranked<StorageKey, StorageFigures> storage,
        AllocCounts charged,
        long ownBytes,
        int tagCount,
        int inaccurate,
        AllocCounts unloaded,
        ProfilingState state) {
    /** The name of all allocators without series of their own; one that has this name is among them. */
    static final String OTHER = "other";

    static View read(Source source, int limit, SeriesSet series) {
        final AllocInfo info = source.snapshot();
        final ProfilerTotals totals = source.totals();
        final Map<TagKey, AllocCounts> tags = new HashMap<>();
        int inaccurate = 0;
        AllocCounts unloaded = AllocCounts.ZERO;
        for (AllocEntry entry : info.entries()) {
            final AllocCounts counts = shown(entry.counts());
            tags.merge(TagKey.of(entry.place()), counts, AllocCounts::plus);
            inaccurate += entry.accurate() ? 0 : 1;
            unloaded = entry.unloaded() ? unloaded.plus(counts) : unloaded;
        }
        return new View(
                Ranked.of(tags, limit, TagKey.ORDER, series.tags(), AllocCounts.ZERO, AllocCounts::plus),
                pages(totals, limit, series),
                storage(source, limit, series),
                shown(totals.charged()),
                totals.ownBytes(),
                info.entries().size(),
                inaccurate,
                unloaded,
                source.state());
    }

    /** Returns which things should have series of their own from now on. */
    SeriesSet largest() {
        return new SeriesSet(tags.largest(), pages.largest(), storage.largest());
    }

    private static Ranked<String, PagesFigures> pages(ProfilerTotals totals, int limit, SeriesSet series) {
        final Map<String, PagesFigures> all = new HashMap<>();
        PagesFigures other = PagesFigures.ZERO;
        for (PageTotals each : totals.pages()) {
            if (each.allocator().equals(OTHER)) {
                other = other.plus(PagesFigures.of(each));
            } else {
                all.merge(each.allocator(), PagesFigures.of(each), PagesFigures::plus);
            }
        }
        return Ranked.of(all, limit, PagesFigures.ORDER, series.pages(), other, PagesFigures::plus);
    }

    private static Ranked<StorageKey, StorageFigures> storage(Source source, int limit, SeriesSet series) {
        final Map<StorageKey, StorageFigures> all = new HashMap<>();
        for (StorageFacts each : source.storage()) {
            all.merge(StorageKey.of(each), StorageFigures.of(each), StorageFigures::plus);
        }
        return Ranked.of(all, limit, StorageFigures.ORDER, series.storage(), StorageFigures.ZERO, StorageFigures::plus);
    }

    /** Counts below zero, which a reader beside running threads may see, are shown as 0, as in reports. */
    private static AllocCounts shown(AllocCounts counts) {
        return new AllocCounts(Math.max(0, counts.bytes()), Math.max(0, counts.calls()));
    }
}
