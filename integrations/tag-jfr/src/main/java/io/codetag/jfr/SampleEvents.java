package io.codetag.jfr;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Writes a report as events: one for each of the largest tags, one for the rest if there is any, and the mark that ends
 * them. All of one report are committed by one thread, so the mark comes last also in the recording.
 */
final class SampleEvents {
    private static final AtomicLong LAST_SAMPLE = new AtomicLong();

    private final long sample = LAST_SAMPLE.incrementAndGet();

    private SampleEvents() {}

    static void emit(String profiler, Supplier<AllocInfo> report, int top) {
        final AllocSampleEvent mark = new AllocSampleEvent();
        mark.begin();
        final AllocInfo info = report.get();
        final List<AllocEntry> live = new AllocInfo(
                        info.contentIdBefore(),
                        info.contentIdAfter(),
                        info.entries().stream()
                                .filter(entry -> !entry.counts().equals(AllocCounts.ZERO))
                                .toList())
                .sortedBy(AllocOrder.BYTES)
                .entries();
        mark.end();
        final int own = Math.min(top, live.size());
        final SampleEvents events = new SampleEvents();
        live.subList(0, own).forEach(events::tag);
        if (own < live.size()) {
            events.rest(live.subList(own, live.size()));
        }
        final AllocCounts total = info.total();
        mark.sample = events.sample;
        mark.profiler = profiler;
        mark.events = own < live.size() ? own + 1 : own;
        mark.tags = live.size();
        mark.bytes = total.bytes();
        mark.calls = total.calls();
        mark.contentIdBefore = info.contentIdBefore();
        mark.contentIdAfter = info.contentIdAfter();
        mark.commit();
    }

    private void tag(AllocEntry entry) {
        final AllocTagEvent event = new AllocTagEvent();
        final CodeTag place = entry.place();
        event.module = place.module();
        event.file = place.path();
        event.line = place.line();
        event.function = place.function();
        event.className = place.className();
        final CodeTag declaration = entry.declaration();
        if (declaration != null && !declaration.equals(place)) {
            event.declaringClass = declaration.className();
            event.declaringFile = declaration.path();
            event.declaringLine = declaration.line();
            event.declaringFunction = declaration.function();
        }
        commit(event, entry.counts(), 1, entry.accurate(), entry.unloaded());
    }

    /** The rest is accurate if all of it is, and unloaded if all of it is. */
    private void rest(List<AllocEntry> entries) {
        AllocCounts sum = AllocCounts.ZERO;
        for (AllocEntry entry : entries) {
            sum = sum.plus(entry.counts());
        }
        commit(
                new AllocTagEvent(),
                sum,
                entries.size(),
                entries.stream().allMatch(AllocEntry::accurate),
                entries.stream().allMatch(AllocEntry::unloaded));
    }

    private void commit(AllocTagEvent event, AllocCounts counts, int tags, boolean accurate, boolean unloaded) {
        event.sample = sample;
        event.bytes = counts.bytes();
        event.calls = counts.calls();
        event.tags = tags;
        event.accurate = accurate;
        event.state = unloaded ? "unloaded" : "loaded";
        event.commit();
    }
}
