package io.codetag.micrometer;

import io.codetag.AllocCounts;
import io.codetag.ProfilingState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The meters in one registry. Guarded by its user. */
final class Meters {
    private static final String BYTES = "bytes";
    private static final String CALLS = "calls";
    private static final String ALLOCATORS = "allocators";

    private final MeterRegistry registry;
    private final Iterable<Tag> common;
    private final Supplier<View> view;
    private final List<Gauge> single = new ArrayList<>();
    private final List<Rows<TagKey, AllocCounts>> ofTags;
    private final List<Rows<String, PagesFigures>> ofPages;
    private final List<Rows<StorageKey, StorageFigures>> ofStorage;

    Meters(MeterRegistry registry, Iterable<Tag> common, Supplier<View> view, boolean untracked) {
        this.registry = registry;
        this.common = common;
        this.view = view;
        this.ofTags = List.of(
                rows("codetag.live.bytes", BYTES, "Live bytes by tag: pages and charged memory", AllocCounts::bytes),
                rows("codetag.live.calls", CALLS, "Live calls by tag: blocks and charges", AllocCounts::calls));
        this.ofPages = new ArrayList<>();
        ofPages.add(rows("codetag.pages.bytes", BYTES, "Live bytes of recorded pages", PagesFigures::bytes));
        ofPages.add(rows("codetag.pages.calls", CALLS, "Live calls of recorded pages", PagesFigures::calls));
        if (untracked) {
            ofPages.add(rows(
                    "codetag.pages.untracked.bytes",
                    BYTES,
                    "Bytes of allocated pages that have no tag",
                    PagesFigures::untracked));
        }
        this.ofStorage = List.of(
                rows("codetag.storage.bytes", BYTES, "Memory of the stores of references", StorageFigures::bytes),
                rows(
                        "codetag.storage.escaped",
                        ALLOCATORS,
                        "Allocators with references in the overflow store",
                        StorageFigures::escaped),
                rows(
                        "codetag.storage.disabled",
                        ALLOCATORS,
                        "Allocators whose pages are not profiled",
                        StorageFigures::disabled));
        addSingle();
    }

    /** Gives series to some things and takes those of all others away. */
    void show(SeriesSet series) {
        ofTags.forEach(rows -> rows.show(
                series.tags(),
                TagKey::labels,
                TagKey.OTHER.labels(),
                key -> view.get().tags().get(key, AllocCounts.ZERO),
                () -> view.get().tags().other()));
        ofPages.forEach(rows -> rows.show(
                series.pages(),
                name -> Tags.of("allocator", Labels.value(name)),
                Tags.of("allocator", View.OTHER),
                name -> view.get().pages().get(name, PagesFigures.ZERO),
                () -> view.get().pages().other()));
        ofStorage.forEach(rows -> rows.show(
                series.storage(),
                StorageKey::labels,
                StorageKey.OTHER.labels(),
                key -> view.get().storage().get(key, StorageFigures.ZERO),
                () -> view.get().storage().other()));
    }

    /** Takes all meters away. */
    void remove() {
        ofTags.forEach(Rows::remove);
        ofPages.forEach(Rows::remove);
        ofStorage.forEach(Rows::remove);
        single.forEach(registry::remove);
        single.clear();
    }

    private void addSingle() {
        add("codetag.charged.bytes", BYTES, "Live bytes of charged memory, which is no page", v -> v.charged()
                .bytes());
        add("codetag.charged.calls", CALLS, "Live calls of charged memory, which is no page", v -> v.charged()
                .calls());
        add("codetag.own.bytes", BYTES, "Memory of the profiler itself: tags, counters, stores", View::ownBytes);
        add("codetag.tags", "tags", "Tags in the report", View::tagCount);
        add("codetag.inaccurate.tags", "tags", "Tags of which something may have gone uncounted", View::inaccurate);
        add("codetag.unloaded.bytes", BYTES, "Live bytes of tags whose module was unloaded", v -> v.unloaded()
                .bytes());
        for (ProfilingState state : ProfilingState.values()) {
            final String name = state.name().toLowerCase(Locale.ROOT);
            single.add(Gauge.builder("codetag.state", () -> view.get().state() == state ? 1 : 0)
                    .description("1 for the state that profiling is in")
                    .tags(common)
                    .tag("state", name)
                    .register(registry));
        }
    }

    private void add(String name, String unit, String description, ToDoubleFunction<View> value) {
        single.add(Gauge.builder(name, () -> value.applyAsDouble(view.get()))
                .baseUnit(unit)
                .description(description)
                .tags(common)
                .register(registry));
    }

    private <K, V> Rows<K, V> rows(String name, String unit, String description, ToDoubleFunction<V> value) {
        return new Rows<>(
                MultiGauge.builder(name)
                        .baseUnit(unit)
                        .description(description)
                        .tags(common)
                        .register(registry),
                value);
    }
}
