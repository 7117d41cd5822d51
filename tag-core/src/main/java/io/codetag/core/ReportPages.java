package io.codetag.core;

import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts reports into pages.
 *
 * <p>Page 0 takes a snapshot; the other pages of the same query are cut from it, so that counters which move meanwhile
 * neither hide nor repeat a tag. The last few snapshots are kept for that, softly.
 */
final class ReportPages {
    /** What is asked for, the cutting aside. */
    record Query(AllocFilter filter, AllocOrder order, int top) {}

    /** An ordered snapshot and its number. */
    record Report(long id, AllocInfo info) {}

    private static final int KEPT = 8;

    private final ReportSource source;
    private final Map<Query, SoftReference<Report>> kept = new LinkedHashMap<>(KEPT * 2, 0.75f, true);
    private long lastId;

    ReportPages(ReportSource source) {
        this.source = source;
    }

    /** Returns one page; empty beyond the last one. */
    ReportPage page(Query query, ReportFormat format, int page, int pageSize) {
        final Report report = page == 0 ? take(query, pageSize) : keptOrTaken(query, pageSize);
        final AllocInfo info = report.info();
        final List<AllocEntry> all = info.entries();
        final int from = (int) Math.min(all.size(), (long) page * pageSize);
        final int to = Math.min(all.size(), from + pageSize);
        final AllocInfo part = new AllocInfo(info.contentIdBefore(), info.contentIdAfter(), all.subList(from, to));
        return new ReportPage(
                format.render(part, page == 0, AllocInfoJson.ENTRIES.with(source.state())),
                page,
                (int) (((long) all.size() + pageSize - 1) / pageSize),
                all.size(),
                report.id(),
                info.contentIdAfter(),
                info.consistent());
    }

    private Report keptOrTaken(Query query, int pageSize) {
        final Report report = find(query);
        return report == null ? take(query, pageSize) : report;
    }

    private synchronized @Nullable Report find(Query query) {
        final SoftReference<Report> reference = kept.get(query);
        return reference == null ? null : reference.get();
    }

    private Report take(Query query, int pageSize) {
        final AllocInfo all = source.snapshot(query.filter());
        final AllocInfo largest = query.top() == 0 ? all : all.top(query.top());
        return number(query, largest.sortedBy(query.order()), pageSize);
    }

    private synchronized Report number(Query query, AllocInfo info, int pageSize) {
        final Report report = new Report(++lastId, info);
        kept.remove(query);
        if (info.entries().size() > pageSize) { // there is more to come
            kept.put(query, new SoftReference<>(report));
            if (kept.size() > KEPT) {
                final Iterator<Query> eldest = kept.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        }
        return report;
    }
}
