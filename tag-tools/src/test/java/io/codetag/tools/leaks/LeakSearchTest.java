package io.codetag.tools.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.tools.report.Sample;
import io.codetag.tools.report.Timelines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The search for leaks")
class LeakSearchTest {
    private static final long ABSENT = Long.MIN_VALUE;
    private static final int SAMPLES = 30;
    private static final long STEP_SECONDS = 10;
    private static final long SEED = 5;

    private final Map<String, IntToLongFunction> tags = new TreeMap<>();

    private List<Suspect> search() {
        final List<Sample> series = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            final List<AllocEntry> entries = new ArrayList<>();
            for (Map.Entry<String, IntToLongFunction> tag : tags.entrySet()) {
                final long bytes = tag.getValue().applyAsLong(i);
                if (bytes != ABSENT) {
                    final CodeTag place = CodeTag.of("a.B", "B.java", 1, tag.getKey());
                    entries.add(new AllocEntry(0, place, null, new AllocCounts(bytes, bytes / 64), true, false));
                }
            }
            series.add(new Sample(Instant.ofEpochSecond(1_000 + STEP_SECONDS * i), new AllocInfo(1, 1, entries)));
        }
        return new LeakSearch(LeakSearch.LEAST_SAMPLES, 0.8).rank(Timelines.of(series));
    }

    private List<String> names() {
        return search().stream().map(suspect -> suspect.place().function()).toList();
    }

    @Test
    @DisplayName("finds what grows step by step, and tells slope, age and steps")
    void monotone() {
        tags.put("leak", i -> 1000 + 640L * i);
        final Suspect suspect = search().get(0);
        assertEquals(64.0, suspect.bytesPerSecond(), 1e-9);
        assertEquals(STEP_SECONDS * (SAMPLES - 1), suspect.age().toSeconds());
        assertEquals(SAMPLES, suspect.samples());
        assertEquals(SAMPLES - 1, suspect.grownSteps());
        assertEquals(1.0, suspect.keptShare());
        assertTrue(suspect.inFirstSample());
    }

    @Test
    @DisplayName("does not take for a leak what was filled and then stays, what goes up and down, shrinks, or is gone")
    void innocent() {
        final Random random = new Random(SEED);
        tags.put("filled", i -> Math.min(i, 8) * 100_000L);
        tags.put("busy", i -> 1_000_000 + random.nextInt(900_000));
        tags.put("shrinks", i -> 1_000_000 - 10_000L * i);
        tags.put("constant", i -> 4096);
        tags.put("gone", i -> i == SAMPLES - 1 ? ABSENT : 1000L * i);
        tags.put("idle", i -> 0);
        assertEquals(List.of(), names(), "seed " + SEED);
    }

    @Test
    @DisplayName("finds a leak that stands still at times, and one that a sample or two contradict")
    void unsteady() {
        tags.put("stairs", i -> 1000L * (i / 3));
        tags.put("outlier", i -> i == 11 ? 10_000_000 : 1000L * i);
        assertEquals(2, search().size());
    }

    @Test
    @DisplayName("ranks the fast before the slow, and says when a tag came up later")
    void ranked() {
        tags.put("slow", i -> 10L * i);
        tags.put("fast", i -> 100_000L * i);
        tags.put("late", i -> i < 10 ? ABSENT : 1000L * (i - 9));
        final List<Suspect> suspects = search();
        assertEquals(
                List.of("fast", "late", "slow"),
                suspects.stream().map(suspect -> suspect.place().function()).toList());
        assertEquals(20, suspects.get(1).samples());
        assertEquals(false, suspects.get(1).inFirstSample());
    }

    @Test
    @DisplayName("needs a few samples, which the caller may raise")
    void few() {
        tags.put("young", i -> i < SAMPLES - 2 ? ABSENT : 1000L * i);
        assertEquals(List.of(), names());
        assertThrows(IllegalArgumentException.class, () -> new LeakSearch(2, 0.8));
        assertThrows(IllegalArgumentException.class, () -> new LeakSearch(3, Double.NaN));
    }
}
