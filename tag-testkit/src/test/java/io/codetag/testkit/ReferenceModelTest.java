package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.TagSpace;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of page operations, line by line, with pages of 1 024 bytes. */
class ReferenceModelTest {
    private static final TagSpace SPACE = new TagSpace();
    private static final AllocTag A = SPACE.here();
    private static final AllocTag B = SPACE.here();

    private final ReferenceModel model = new ReferenceModel(SPACE);
    private final PagesModel pages =
            model.attach(PageSpec.builder("pages", 64, 1_024).maxOrder(4).build());

    @Test
    @DisplayName("add stores the reference and counts; sub clears it and credits, once")
    void addAndSub() {
        pages.add(8, 3, A);
        assertCounts(A, 8, 1);
        assertSame(A, pages.tag(8));
        assertNull(pages.tag(9), "only the head refers");
        pages.sub(8, 3);
        assertCounts(A, 0, 0);
        pages.sub(8, 3);
        assertCounts(A, 0, 0);
        assertNull(pages.tag(8));
    }

    @Test
    @DisplayName("add onto a live reference credits that one with the new order")
    void addOntoLive() {
        pages.add(0, 2, A);
        pages.add(0, 2, B);
        assertCounts(A, 0, 0);
        assertCounts(B, 4, 1);
        pages.add(0, 1, A);
        assertCounts(B, 2, 0);
        assertCounts(A, 2, 1);
        assertFalse(pages.counts().equals(pages.recomputed()), "the lost free left its rest");
    }

    @Test
    @DisplayName("split gives every piece the reference and counts the pieces")
    void split() {
        pages.add(16, 4, A);
        pages.split(16, 4, 2);
        assertCounts(A, 16, 4);
        assertSame(A, pages.tag(20));
        assertSame(A, pages.tag(28));
        pages.split(20, 2, 2);
        assertCounts(A, 16, 4);
        pages.sub(20, 2);
        assertCounts(A, 12, 3);
    }

    @Test
    @DisplayName("copyStamp for each new head and restamp of the old one make a split")
    void fusedSplit() {
        pages.stamp(16, 2, A);
        pages.copyStamp(16, 18, 1);
        pages.restamp(16, 2, 1);
        assertCounts(A, 4, 2);
        pages.unstamp(18, 1);
        pages.unstamp(16, 1);
        assertCounts(A, 0, 0);
    }

    @Test
    @DisplayName("trim takes bytes off and no call")
    void trim() {
        pages.add(0, 4, A);
        pages.trim(0, 4, 1);
        assertCounts(A, 2, 1);
        pages.sub(0, 1);
        assertCounts(A, 0, 0);
    }

    @Test
    @DisplayName("swap exchanges references, also with a page that has none, and is nothing for one page")
    void swap() {
        pages.add(0, 1, A);
        pages.swap(2, 0, 1);
        assertNull(pages.tag(0));
        assertSame(A, pages.tag(2));
        pages.add(0, 1, B);
        pages.swap(2, 0, 1);
        assertSame(A, pages.tag(0));
        assertSame(B, pages.tag(2));
        pages.swap(0, 0, 1);
        assertSame(A, pages.tag(0));
        assertCounts(A, 2, 1);
        assertCounts(B, 2, 1);
    }

    @Test
    @DisplayName("clear credits what there was and makes the free silent")
    void clear() {
        pages.add(0, 1, A);
        pages.clear(0, 1);
        assertTrue(pages.isEmpty(0));
        assertCounts(A, 0, 0);
        pages.sub(0, 1);
        assertFalse(pages.isEmpty(0));
        assertCounts(A, 0, 0);
        pages.clear(5, 0);
        pages.split(4, 1, 0);
        assertTrue(pages.isEmpty(5), "a block without a reference hands none on");
    }

    @Test
    @DisplayName("what is out of range is ignored and counted")
    void outOfRange() {
        pages.add(64, 0, A);
        pages.add(-1, 0, A);
        pages.add(0, 5, A);
        pages.add(0, -1, A);
        pages.add(49, 4, A);
        pages.sub(Long.MAX_VALUE, 0);
        pages.split(0, 2, 3);
        pages.trim(0, 2, -1);
        pages.swap(0, 64, 0);
        assertEquals(9, pages.outOfRange());
        assertEquals(AllocCounts.ZERO, pages.counts());
        pages.grow(65);
        pages.add(64, 0, A);
        assertCounts(A, 1, 1);
    }

    @Test
    @DisplayName("charges count beside pages and are no pages")
    void charges() {
        pages.add(0, 0, A);
        assertTrue(model.charge(A, 100));
        assertEquals(new AllocCounts(1_124, 2), model.counts(A));
        assertEquals(new AllocCounts(100, 1), model.charged());
        assertEquals(new AllocCounts(1_024, 1), pages.counts());
        model.discharge(A, 100);
        assertEquals(AllocCounts.ZERO, model.charged());
        assertFalse(model.charge(new TagSpace().here(), 1), "a tag of another space");
    }

    @Test
    @DisplayName("while off nothing is recorded, and what was recorded is credited")
    void off() {
        pages.add(0, 2, A);
        model.recording(false);
        pages.add(8, 2, B);
        assertFalse(model.charge(B, 1));
        pages.split(0, 2, 0);
        assertCounts(A, 4, 4);
        pages.sub(0, 0);
        pages.sub(8, 2);
        assertCounts(A, 3, 3);
        assertCounts(B, 0, 0);
    }

    @Test
    @DisplayName("close credits every live reference of its pages and no other")
    void close() {
        final PagesModel others =
                model.attach(PageSpec.builder("others", 8, 64).maxOrder(0).build());
        others.add(1, 0, A);
        pages.add(0, 2, A);
        pages.clear(4, 0);
        pages.close();
        assertEquals(new AllocCounts(64, 1), model.counts(A));
        assertEquals(AllocCounts.ZERO, pages.counts());
    }

    private void assertCounts(AllocTag tag, long pageCount, long calls) {
        assertEquals(new AllocCounts(pageCount * 1_024, calls), model.counts(tag));
    }
}
