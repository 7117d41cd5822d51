package io.codetag.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.CodeModule;
import io.codetag.CodeTag;
import io.codetag.FlagWords;
import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.Profiler;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The export to Flight Recorder")
class JfrExportTest {
    private static final int PAGE = 4096;

    private static Profiler profiler(String name) {
        return Profiler.builder().name(name).build();
    }

    /** Loads tags of which the n-th owns n pages, the first none. */
    private static CodeModule staircase(Profiler profiler, int tags) {
        final CodeModule module = profiler.load(
                "stairs",
                IntStream.range(0, tags)
                        .mapToObj(i -> CodeTag.of("com.acme.Stairs", "Stairs.java", i + 1, "step" + i))
                        .toList());
        final PageTagger tagger =
                profiler.attach(PageSpec.builder("pool", 4096, PAGE).build());
        long pfn = 0;
        for (int i = 0; i < tags; i++) {
            for (int page = 0; page < i; page++) {
                tagger.add(pfn++, 0, module.tags().get(i));
            }
        }
        return module;
    }

    private static List<RecordedEvent> of(String profiler, List<RecordedEvent> events) {
        final List<Long> samples = events.stream()
                .filter(event -> event.hasField("profiler")
                        && event.getString("profiler").equals(profiler))
                .map(event -> event.getLong("sample"))
                .toList();
        return events.stream()
                .filter(event -> samples.contains(event.getLong("sample")))
                .toList();
    }

    private static long sum(Stream<RecordedEvent> events, String field) {
        return events.mapToLong(event -> event.getLong(field)).sum();
    }

    @Test
    @DisplayName("writes the largest tags, one event for the rest, and the mark last; their sum is the total")
    void sample() throws Exception {
        try (Profiler profiler = profiler("sample");
                Recorded recorded = Recorded.start()) {
            staircase(profiler, 10);
            recorded.enable(Recorded.TAG).with("top", "3");
            Recorded.export(profiler);
            final List<RecordedEvent> events = of("sample", recorded.stop("io.codetag.Alloc"));
            assertEquals(5, events.size(), events::toString);
            for (int i = 0; i < 3; i++) {
                final RecordedEvent event = events.get(i);
                assertEquals("step" + (9 - i), event.getString("function"));
                assertEquals("com/acme/Stairs.java", event.getString("file"));
                assertEquals("com.acme.Stairs", event.getString("className"));
                assertEquals("stairs", event.getString("module"));
                assertEquals(10 - i, event.getInt("line"));
                assertEquals((9L - i) * PAGE, event.getLong("bytes"));
                assertEquals(9 - i, event.getLong("calls"));
                assertEquals(1, event.getInt("tags"));
                assertEquals("loaded", event.getString("state"));
                assertTrue(event.getBoolean("accurate"));
                assertNull(event.getString("declaringClass"));
            }
            final RecordedEvent rest = events.get(3);
            assertEquals(6, rest.getInt("tags"), "of ten, three have their own and one owns nothing");
            assertNull(rest.getString("function"));
            assertEquals(21L * PAGE, rest.getLong("bytes"));
            final RecordedEvent mark = events.get(4);
            assertEquals(Recorded.SAMPLE, mark.getEventType().getName());
            assertEquals(4, mark.getInt("events"));
            assertEquals(9, mark.getInt("tags"));
            assertEquals(45L * PAGE, mark.getLong("bytes"));
            assertEquals(sum(events.subList(0, 4).stream(), "bytes"), mark.getLong("bytes"));
            assertEquals(sum(events.subList(0, 4).stream(), "calls"), mark.getLong("calls"));
            assertEquals(profiler.contentId(), mark.getLong("contentIdAfter"));
        }
    }

    @Test
    @DisplayName("tells where a tag is declared if that is elsewhere, and that its module is gone")
    void declaration() throws Exception {
        try (Profiler profiler = profiler("declaration");
                Recorded recorded = Recorded.start()) {
            final PageTagger tagger =
                    profiler.attach(PageSpec.builder("pool", 64, PAGE).build());
            tagger.add(0, 0, profiler.here());
            final CodeModule gone = staircase(profiler, 2);
            gone.unload();
            Recorded.export(profiler);
            final List<RecordedEvent> events = of("declaration", recorded.stop("io.codetag.Alloc"));
            final RecordedEvent own = events.stream()
                    .filter(event -> event.getEventType().getName().equals(Recorded.TAG)
                            && event.getString("file").endsWith("JfrExportTest.java"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("declaration", own.getString("function"));
            final RecordedEvent unloaded = events.stream()
                    .filter(event -> event.getEventType().getName().equals(Recorded.TAG)
                            && "stairs".equals(event.getString("module")))
                    .findFirst()
                    .orElseThrow();
            assertEquals("unloaded", unloaded.getString("state"));
        }
    }

    @Test
    @DisplayName("of a profiler in which nothing is live writes the mark alone")
    void nothingLive() throws Exception {
        try (Profiler profiler = profiler("empty");
                Recorded recorded = Recorded.start()) {
            Recorded.export(profiler);
            final List<RecordedEvent> events = of("empty", recorded.stop("io.codetag.Alloc"));
            assertEquals(1, events.size(), events::toString);
            assertEquals(0, events.get(0).getInt("events"));
            assertEquals(0, events.get(0).getLong("bytes"));
        }
    }

    @Test
    @DisplayName("with top 0 sums up everything in one event")
    void topNone() throws Exception {
        try (Profiler profiler = profiler("none");
                Recorded recorded = Recorded.start()) {
            staircase(profiler, 10);
            recorded.enable(Recorded.TAG).with("top", "0");
            Recorded.export(profiler);
            final List<RecordedEvent> events = of("none", recorded.stop("io.codetag.Alloc"));
            assertEquals(2, events.size(), events::toString);
            assertEquals(9, events.get(0).getInt("tags"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "-1", "1e9", "99999999999"})
    @DisplayName("takes what is no number of tags for the default, 100")
    void notANumber(String top) throws Exception {
        try (Profiler profiler = profiler("default");
                Recorded recorded = Recorded.start()) {
            staircase(profiler, 10);
            recorded.enable(Recorded.TAG).with("top", "3");
            recorded.enable(Recorded.TAG).with("top", top);
            Recorded.export(profiler);
            assertEquals(10, of("default", recorded.stop("io.codetag.Alloc")).size());
        }
    }

    @Test
    @DisplayName("serves two recordings at a time with what asks for more")
    void twoRecordings() throws Exception {
        try (Profiler profiler = profiler("two");
                Recorded modest = Recorded.start();
                Recorded greedy = Recorded.start()) {
            staircase(profiler, 10);
            modest.enable(Recorded.TAG).with("top", "2");
            greedy.enable(Recorded.TAG).with("top", "5");
            Recorded.export(profiler);
            Recorded.start().close(); // ends a chunk while both are running
            final List<RecordedEvent> events = of("two", greedy.stop("io.codetag.Alloc"));
            final long first = events.get(0).getLong("sample");
            assertEquals(
                    7,
                    events.stream()
                            .filter(event -> event.getLong("sample") == first)
                            .count(),
                    events::toString);
        }
    }

    @Test
    @DisplayName(
            "takes no report while nothing records, nor while no recording enables the tags; takes one when one does")
    void off() throws Exception {
        final AtomicInteger reports = new AtomicInteger();
        try (Profiler profiler = profiler("off")) {
            staircase(profiler, 10);
            profiler.addListener(new JfrExport(reported -> {
                reports.incrementAndGet();
                return reported.snapshot();
            }));
            profiler.flush();
            try (Recorded recorded = Recorded.start()) {
                recorded.disable(Recorded.TAG);
                assertEquals(List.of(), recorded.stop("io.codetag.Alloc"));
            }
            assertEquals(0, reports.get());
            try (Recorded recorded = Recorded.start()) {
                assertFalse(of("off", recorded.stop("io.codetag.Alloc")).isEmpty());
            }
            assertTrue(reports.get() > 0);
        }
    }

    @Test
    @DisplayName("ends when it is removed, and when the profiler is closed")
    void ends() throws Exception {
        final Profiler closed = profiler("closed");
        try (Profiler profiler = profiler("ends");
                Recorded recorded = Recorded.start()) {
            assertTrue(profiler.removeListener(Recorded.export(profiler)));
            Recorded.export(closed);
            closed.close();
            profiler.flush();
            assertEquals(List.of(), recorded.stop("io.codetag.Alloc"));
        }
    }

    @Test
    @DisplayName("lets a profiler go that is forgotten without being closed, and ends then")
    void forgotten() throws Exception {
        final JfrExport export = new JfrExport();
        final WeakReference<Profiler> forgotten = exported(export);
        final long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (forgotten.get() != null) {
            assertTrue(System.nanoTime() - end < 0, "still reachable after a minute of garbage collection");
            System.gc();
        }
        assertTrue(export.isHooked());
        try (Recorded recorded = Recorded.start()) {
            assertEquals(List.of(), recorded.stop("io.codetag.Alloc"));
        }
        assertFalse(export.isHooked());
    }

    private static WeakReference<Profiler> exported(JfrExport export) {
        final Profiler profiler = profiler("forgotten");
        profiler.addListener(export);
        profiler.flush();
        return new WeakReference<>(profiler);
    }

    @Test
    @DisplayName("tells of a change of storage and of an unloaded module as they happen")
    void happenings() throws Exception {
        try (Profiler profiler = Profiler.builder()
                        .name("happenings")
                        .headroom(0)
                        .overflow(OverflowPolicy.SWITCH)
                        .build();
                Recorded recorded = Recorded.start()) {
            Recorded.export(profiler);
            profiler.attach(PageSpec.builder("narrow", 64, PAGE)
                    .flags(
                            FlagWords.of(new long[64]),
                            PageFlagsLayout.builder()
                                    .field("low", 0, 8)
                                    .field("high", 12, 52)
                                    .build())
                    .build());
            final CodeModule module = staircase(profiler, 20);
            module.unload();
            profiler.flush();
            profiler.flush(); // what a task hands over comes after the first
            final List<RecordedEvent> events = recorded.stop("io.codetag.");
            final RecordedEvent change = only(events, "io.codetag.StorageChange");
            assertEquals("happenings", change.getString("profiler"));
            assertEquals("narrow", change.getString("allocator"));
            assertEquals("switch", change.getString("change"));
            assertEquals("pageflags", change.getString("store"));
            assertEquals("pageext", change.getString("overflowStore"));
            assertEquals(4, change.getInt("bits"));
            assertEquals(13, change.getInt("addressableTags"));
            assertTrue(change.getBoolean("profiled"));
            assertTrue(change.getString("reason").contains("[stairs]"), change::toString);
            final RecordedEvent unload = only(events, "io.codetag.ModuleUnload");
            assertEquals("stairs", unload.getString("module"));
            assertEquals(19, unload.getInt("tags"));
            assertEquals(190L * PAGE, unload.getLong("bytes"));
            assertEquals(190, unload.getLong("calls"));
        }
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name) {
        final List<RecordedEvent> found = events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
        assertEquals(1, found.size(), events::toString);
        return found.get(0);
    }

    @Test
    @DisplayName("labels every event and every field, puts them under codetag, and walks no stack")
    void labels() throws Exception {
        try (Profiler profiler = profiler("labels");
                Recorded recorded = Recorded.start()) {
            staircase(profiler, 2);
            Recorded.export(profiler);
            for (RecordedEvent event : of("labels", recorded.stop("io.codetag.Alloc"))) {
                assertEquals(List.of("codetag"), event.getEventType().getCategoryNames());
                assertNull(event.getStackTrace());
                assertFalse(event.getEventType().getDescription().isBlank());
                event.getEventType()
                        .getFields()
                        .forEach(field -> assertFalse(
                                field.getLabel() == null || field.getLabel().isBlank(), field::getName));
                assertEquals(
                        "jdk.jfr.DataAmount",
                        event.getEventType().getField("bytes").getAnnotationElements().stream()
                                .map(annotation -> annotation.getTypeName())
                                .filter(name -> !name.endsWith("Label"))
                                .findFirst()
                                .orElseThrow());
            }
        }
    }
}
