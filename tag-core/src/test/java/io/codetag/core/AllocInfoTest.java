package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A snapshot")
class AllocInfoTest {
    private static final long SEED = 777L;

    @Test
    @DisplayName("is consistent if the content id stayed the same")
    void consistent() {
        assertTrue(new AllocInfo(3, 3, List.of()).consistent());
        assertFalse(new AllocInfo(3, 4, List.of()).consistent());
    }

    @Test
    @DisplayName("adds up bytes and calls")
    void total() {
        assertEquals(
                new AllocCounts(30, 3),
                ReportEntries.info(ReportEntries.entry("A", 1, 10, 1), ReportEntries.entry("B", 1, 20, 2))
                        .total());
        assertEquals(AllocCounts.ZERO, ReportEntries.info().total());
    }

    @Test
    @DisplayName("does not change when the list it was made from does")
    void immutable() {
        final List<AllocEntry> list = new ArrayList<>(List.of(ReportEntries.entry("A", 1, 1, 1)));
        final AllocInfo info = new AllocInfo(1, 1, list);
        list.clear();
        assertEquals(1, info.entries().size());
    }

    @Test
    @DisplayName("orders by bytes, then calls, then path, line, module (core first) and function")
    void order() {
        final CodeTag first = ReportEntries.place("a.A", 1);
        final List<AllocEntry> ordered = List.of(
                ReportEntries.entry("z.Z", 9, 100, 1),
                ReportEntries.entry("z.Z", 8, 50, 7),
                ReportEntries.entry("z.Z", 8, 50, 6),
                ReportEntries.entry(first, 0, 0),
                ReportEntries.entry(first.inModule("m"), 0, 0),
                ReportEntries.entry(new CodeTag("m", "a.A", "A.java", 1, "s"), 0, 0),
                ReportEntries.entry("a.A", 2, 0, 0),
                ReportEntries.entry("a.A", 10, 0, 0),
                ReportEntries.entry("a.b.A", 1, 0, 0));
        assertEveryShuffleSorts(ordered, AllocOrder.BYTES);
    }

    @Test
    @DisplayName("orders by calls, then bytes; and by place alone")
    void otherOrders() {
        final AllocEntry few = ReportEntries.entry("a.A", 1, 100, 1);
        final AllocEntry many = ReportEntries.entry("c.C", 1, 10, 9);
        final AllocEntry manyMore = ReportEntries.entry("b.B", 1, 20, 9);
        assertEveryShuffleSorts(List.of(manyMore, many, few), AllocOrder.CALLS);
        assertEveryShuffleSorts(List.of(few, manyMore, many), AllocOrder.PLACE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 99, 100, 101, Integer.MAX_VALUE})
    @DisplayName("has a top n that is the beginning of the whole in order, however it is shuffled and whatever ties")
    void top(int n) {
        System.out.println("seed " + SEED);
        final Random random = new Random(SEED);
        final List<AllocEntry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) { // few values, so that most tie
            entries.add(ReportEntries.entry("p.C" + i % 50, i, random.nextInt(3) - 1, random.nextInt(2)));
        }
        final List<AllocEntry> sorted =
                new AllocInfo(1, 1, entries).sortedBy(AllocOrder.BYTES).entries();
        final List<AllocEntry> expected = sorted.subList(0, Math.min(n, sorted.size()));
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(entries, random);
            assertEquals(expected, new AllocInfo(1, 1, entries).top(n).entries());
        }
    }

    @Test
    @DisplayName("refuses a negative n, naming it")
    void negativeTop() {
        final AllocInfo info = ReportEntries.info();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> info.top(-2))
                .getMessage()
                .contains("-2"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("keeps its content ids through filter, order, top and merge")
    void keepsIds(AllocOrder order) {
        final AllocInfo info = new AllocInfo(3, 4, List.of(ReportEntries.entry("A", 1, 10, 1)));
        for (AllocInfo each : List.of(info.sortedBy(order), info.top(1), info.filter(AllocFilter.ALL), info.merged())) {
            assertEquals(info, each);
        }
    }

    @Test
    @DisplayName("filtered has the entries that pass both the place and the bounds, in their order")
    void filter() {
        final AllocEntry small = ReportEntries.entry("A", 1, 10, 1);
        final AllocEntry large = ReportEntries.entry("A", 2, 1000, 1);
        final AllocEntry other = ReportEntries.entry("B", 1, 1000, 1);
        final AllocFilter filter =
                AllocFilter.builder().file("A.java").minBytes(100).build();
        assertEquals(
                List.of(large),
                ReportEntries.info(small, large, other).filter(filter).entries());
    }

    @Test
    @DisplayName("merged has each text once, with sums, where the first one stood")
    void merged() {
        final CodeTag place = ReportEntries.place("a.A", 1);
        final CodeTag lookalike = new CodeTag(null, "a.A$Inner", "A.java", 1, "run");
        final AllocEntry other = ReportEntries.entry("a.A", 2, 5, 5);
        final AllocInfo merged = ReportEntries.info(
                        ReportEntries.unloaded(ReportEntries.entry(place, 1, 10)),
                        other,
                        ReportEntries.doubtful(ReportEntries.entry(place, 2, 20)),
                        ReportEntries.entry(lookalike, 4, 40),
                        ReportEntries.entry(place.inModule("m"), 8, 80))
                .merged();
        final AllocEntry sum = new AllocEntry(3, place, null, new AllocCounts(7, 70), false, false);
        assertEquals(List.of(sum, other, ReportEntries.entry(place.inModule("m"), 8, 80)), merged.entries());
        assertEquals(merged, merged.merged());
    }

    @Test
    @DisplayName("merged keeps what all duplicates share: declaration and state")
    void mergedKeepsWhatAllShare() {
        final AllocEntry entry = ReportEntries.unloaded(ReportEntries.entry("a.A", 1, 1, 1));
        final AllocEntry once =
                ReportEntries.info(entry, entry).merged().entries().get(0);
        assertEquals(entry.declaration(), once.declaration());
        assertTrue(once.unloaded() && once.accurate());
        final AllocEntry unknown = new AllocEntry(9, entry.place(), null, entry.counts(), true, true);
        assertNull(ReportEntries.info(entry, unknown).merged().entries().get(0).declaration());
    }

    private static void assertEveryShuffleSorts(List<AllocEntry> ordered, AllocOrder order) {
        System.out.println("seed " + SEED);
        final Random random = new Random(SEED);
        final List<AllocEntry> shuffled = new ArrayList<>(ordered);
        final Set<List<AllocEntry>> results = new HashSet<>();
        for (int round = 0; round < 100; round++) {
            Collections.shuffle(shuffled, random);
            results.add(new AllocInfo(1, 1, shuffled).sortedBy(order).entries());
        }
        assertEquals(Set.of(ordered), results);
    }
}
