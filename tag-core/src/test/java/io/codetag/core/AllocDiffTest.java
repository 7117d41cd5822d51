package io.codetag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import io.codetag.core.AllocDelta.Change;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The difference of two snapshots")
class AllocDiffTest {
    private static final CodeTag HERE = ReportEntries.place("a.A", 1);
    private static final CodeTag THERE = ReportEntries.place("a.A", 2);
    private static final CodeTag DECLARED = new CodeTag(null, "a.A", "A.java", 99, "<clinit>");

    @Test
    @DisplayName("joins on the declaration although the place is another one, and shows the newer place")
    void byDeclaration() {
        final AllocDelta delta = only(info(entry(HERE, DECLARED, 10, 1)), info(entry(THERE, DECLARED, 30, 2)));
        assertEquals(new AllocDelta(THERE, DECLARED, new AllocCounts(10, 1), new AllocCounts(30, 2)), delta);
        assertEquals(new AllocCounts(20, 1), delta.delta());
        assertEquals(Change.GROWN, delta.change());
    }

    @Test
    @DisplayName("tells equal declarations of different modules apart")
    void modules() {
        final AllocDiff diff =
                info(entry(HERE, DECLARED.inModule("b"), 7, 1)).diff(info(entry(HERE, DECLARED.inModule("a"), 5, 1)));
        assertEquals(1, diff.changed(Change.NEW).size());
        assertEquals(1, diff.changed(Change.GONE).size());
        assertEquals(2, diff.deltas().size());
    }

    @Test
    @DisplayName("tells different declarations at one place apart")
    void samePlace() {
        final AllocDiff diff = info(entry(HERE, THERE, 7, 1)).diff(info(entry(HERE, DECLARED, 5, 1)));
        assertEquals(List.of(Change.NEW, Change.GONE), changes(diff));
    }

    @Test
    @DisplayName("joins on the place where one side does not know the declaration")
    void byPlace() {
        final AllocInfo known = info(entry(HERE, DECLARED, 10, 1));
        final AllocInfo unknown = info(entry(HERE, null, 4, 1));
        assertEquals(
                new AllocDelta(HERE, DECLARED, new AllocCounts(4, 1), new AllocCounts(10, 1)), only(unknown, known));
        assertEquals(
                new AllocDelta(HERE, DECLARED, new AllocCounts(10, 1), new AllocCounts(4, 1)), only(known, unknown));
        assertEquals(new AllocDelta(HERE, null, new AllocCounts(4, 1), new AllocCounts(4, 1)), only(unknown, unknown));
    }

    @Test
    @DisplayName("adds up what one side has in several entries before it joins")
    void addsUp() {
        final AllocInfo reloaded =
                info(ReportEntries.unloaded(entry(HERE, DECLARED, 5, 1)), entry(THERE, DECLARED, 6, 2));
        assertEquals(
                new AllocCounts(1, 2),
                only(info(entry(HERE, DECLARED, 10, 1)), reloaded).delta());
        final AllocInfo two = info(entry(HERE, DECLARED, 1, 1), entry(HERE, THERE, 2, 1));
        assertEquals(
                new AllocCounts(-1, 0), only(two, info(entry(HERE, null, 2, 2))).delta());
    }

    @Test
    @DisplayName("of a snapshot with itself has no change, hostile names included")
    void same() {
        final long seed = 5;
        System.out.println("seed " + seed);
        final AllocInfo info = ReportEntries.hostile(new SplittableRandom(seed), 1_000);
        final AllocDiff diff = info.diff(info);
        assertEquals(List.of(), diff.changed());
        assertEquals(AllocCounts.ZERO, diff.total());
    }

    @Test
    @DisplayName("is new, gone, grown, shrunk or the same; with equal bytes the calls decide")
    void changes() {
        final AllocCounts ten = new AllocCounts(10, 5);
        assertEquals(Change.NEW, change(null, ten));
        assertEquals(Change.NEW, change(null, AllocCounts.ZERO));
        assertEquals(Change.GONE, change(ten, null));
        assertEquals(Change.GROWN, change(ten, new AllocCounts(11, 1)));
        assertEquals(Change.SHRUNK, change(ten, new AllocCounts(9, 9)));
        assertEquals(Change.GROWN, change(ten, new AllocCounts(10, 6)));
        assertEquals(Change.SHRUNK, change(ten, new AllocCounts(10, 4)));
        assertEquals(Change.SAME, change(ten, new AllocCounts(10, 5)));
        assertThrows(IllegalArgumentException.class, () -> change(null, null));
    }

    @Test
    @DisplayName("has the largest change first, in whichever direction, then most calls, then by place")
    void order() {
        final AllocInfo older = info(at(1, 100, 1), at(2, 0, 0), at(3, 50, 9), at(4, 5, 0), at(5, 5, 0));
        final AllocInfo newer = info(at(1, 0, 0), at(2, 40, 1), at(3, 50, 1), at(5, 6, 0), at(4, 6, 0));
        assertEquals(
                List.of(1, 2, 4, 5, 3),
                newer.diff(older).deltas().stream()
                        .map(delta -> delta.place().line())
                        .toList());
        assertEquals(new AllocCounts(-58, -8), newer.diff(older).total());
    }

    @Test
    @DisplayName("survives the largest numbers there are")
    void huge() {
        final AllocDiff diff = info(at(1, Long.MIN_VALUE, 0), at(2, Long.MAX_VALUE, 0), at(3, 1, 0))
                .diff(info());
        assertEquals(3, diff.deltas().get(2).place().line());
    }

    private static AllocEntry at(int line, long bytes, long calls) {
        return ReportEntries.entry("a.A", line, bytes, calls);
    }

    private static AllocEntry entry(CodeTag place, @Nullable CodeTag declaration, long bytes, long calls) {
        return new AllocEntry(3, place, declaration, new AllocCounts(bytes, calls), true, false);
    }

    private static AllocInfo info(AllocEntry... entries) {
        return ReportEntries.info(entries);
    }

    private static AllocDelta only(AllocInfo older, AllocInfo newer) {
        final List<AllocDelta> deltas = newer.diff(older).deltas();
        assertEquals(1, deltas.size(), deltas::toString);
        return deltas.get(0);
    }

    private static Change change(@Nullable AllocCounts older, @Nullable AllocCounts newer) {
        return new AllocDelta(HERE, null, older, newer).change();
    }

    private static List<Change> changes(AllocDiff diff) {
        return diff.changed().stream().map(AllocDelta::change).toList();
    }
}
