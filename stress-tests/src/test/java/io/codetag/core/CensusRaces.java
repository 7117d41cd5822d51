package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.AllocTag;
import io.codetag.OverflowPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A census beside an owner. It looks from the lowest page to the highest. A block that stays is seen once; one that comes
 * or goes meanwhile, such as a piece of a split, is seen or not; one that moves is seen 0, 1 or 2 times. No page is counted
 * twice, so of two pages never more than two are seen.
 */
final class CensusRaces {
    private CensusRaces() {}

    /** Pages of which nothing is counted but by looking at them. */
    static class Looked extends RacedPages {
        Looked(Kept kept) {
            super(kept, OverflowPolicy.SPILL, new CensusLedger());
        }

        /** Says how many pages and blocks of a tag were seen. */
        static void pagesAndCalls(II_Result r, Reading census, AllocTag tag) {
            r.r1 = pages(census, tag);
            r.r2 = calls(census, tag);
        }

        /** Says how many pages of either tag were seen. */
        static void pagesOfBoth(II_Result r, Reading census) {
            r.r1 = pages(census, SMALL);
            r.r2 = pages(census, LARGE);
        }

        /** Splits a block of two pages, and tells the orders as an allocator does: pieces first. */
        final void split(int pfn) {
            tagger.split(pfn, 1, 0);
            orders.set(pfn + 1, 0);
            orders.set(pfn, 0);
        }
    }

    /** A block of two pages becomes two. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "seen whole, before")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both pieces seen, after")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the new piece's word read before, the head's order after")
    @State
    public static class Split extends Looked {
        public Split() {
            super(Kept.IN_WORDS);
            allocate(0, 1, SMALL);
        }

        @Actor
        public void owner() {
            split(0);
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, census(), SMALL);
        }
    }

    /** The same in the fused form, where a word tells both tag and order. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "seen whole, before")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both pieces seen, after")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the new piece's word read before, the head's after")
    @State
    public static class FusedSplit extends Looked {
        public FusedSplit() {
            super(Kept.IN_WORDS_WITH_ORDER);
            stamp(0, 1, SMALL);
        }

        @Actor
        public void owner() {
            final long head = words[0];
            store(1, tagger.copyStamp(0, head, 1, 0, 1));
            tagger.restamp(0, 1, 0, head);
            store(0, head - 1); // the order, one less
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, census(), SMALL);
        }
    }

    /** The same where references are in the page extension. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "seen whole, before")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both pieces seen, after")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the new piece's slot read before, the head's order after")
    @State
    public static class SplitInSlots extends Looked {
        public SplitInSlots() {
            super(Kept.IN_SLOTS);
            allocate(0, 1, SMALL);
        }

        @Actor
        public void owner() {
            split(0);
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, census(), SMALL);
        }
    }

    /** A block that reaches from one part of the pages into the next, which another thread looks at, is split. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "seen whole, and the next part looked at from behind it")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both pieces seen, after")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the part of the new piece read before, the head's order after")
    @State
    public static class SplitAcrossParts extends Looked {
        public SplitAcrossParts() {
            super(Kept.IN_WORDS);
            allocate(1, 1, SMALL);
        }

        @Actor
        public void owner() {
            split(1);
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, censusInParts(), SMALL);
        }
    }

    /** A block moves to a lower page. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "seen where it was, or where it is")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "seen where it is, then where it was, which is not emptied yet")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "its new page read before it came, its former one after it went")
    @State
    public static class Move extends Looked {
        public Move() {
            super(Kept.IN_WORDS);
            orders.set(0, 0);
            allocate(1, 0, SMALL);
        }

        @Actor
        public void owner() {
            tagger.swap(0, 1, 0);
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, census(), SMALL);
        }
    }

    /** A block moves whose reference has escaped; so it has where it comes. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "seen where it was, or where it is")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "seen where it is, then where it was, which is not emptied yet")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "its new page read before it came, its former slot after it went")
    @State
    public static class MoveOfEscaped extends Looked {
        public MoveOfEscaped() {
            super(Kept.IN_WORDS);
            references.limit(Words.SMALL);
            orders.set(0, 0);
            allocate(1, 0, LARGE);
        }

        @Actor
        public void owner() {
            tagger.swap(0, 1, 0);
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, census(), LARGE);
        }
    }

    /** Two blocks change places. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "seen before, or after")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "one seen twice, when it had come and the other not yet")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "the other seen where it was, then where it is")
    @State
    public static class Exchange extends Looked {
        public Exchange() {
            super(Kept.IN_WORDS);
            allocate(0, 0, LARGE);
            allocate(1, 0, SMALL);
        }

        @Actor
        public void owner() {
            tagger.swap(0, 1, 0);
        }

        @Actor
        public void reader(II_Result r) {
            pagesOfBoth(r, census());
        }
    }

    /** A free. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "seen before it went")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not seen, after it went")
    @State
    public static class Free extends Looked {
        public Free() {
            super(Kept.IN_WORDS);
            allocate(0, 1, SMALL);
        }

        @Actor
        public void owner() {
            tagger.sub(0, 1);
            orders.set(0, -1);
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, census(), SMALL);
        }
    }

    /** A block is freed, and a smaller one of another tag allocated there: no tag is seen with the other one's order. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "the first seen, before")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "looked at when the first had gone and the second not yet come")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the second seen, after")
    @State
    public static class FreeAndReuse extends Looked {
        public FreeAndReuse() {
            super(Kept.IN_WORDS);
            allocate(0, 1, SMALL);
        }

        @Actor
        public void owner() {
            tagger.sub(0, 1);
            orders.set(0, 0);
            tagger.add(0, 0, LARGE);
        }

        @Actor
        public void reader(II_Result r) {
            pagesOfBoth(r, census());
        }
    }

    /** Two blocks are freed, and their pages handed out as one: the second page is not seen twice. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both seen, before")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first seen, when the second had gone")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "looked at when both had gone and the third not yet come")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "the third seen, and gone on behind it")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the second's word read before it went, the first's after")
    @State
    public static class Merge extends Looked {
        public Merge() {
            super(Kept.IN_WORDS);
            allocate(0, 0, SMALL);
            allocate(1, 0, LARGE);
        }

        @Actor
        public void owner() {
            tagger.sub(1, 0);
            orders.set(1, -1);
            tagger.sub(0, 0);
            orders.set(0, 1);
            tagger.add(0, 1, SMALL);
        }

        @Actor
        public void reader(II_Result r) {
            pagesOfBoth(r, census());
        }
    }

    /** The bits that hold a block's tag are claimed and given back: its reference moves, and the block does not. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "seen in the word, among the moving pages, or in its slot")
    @State
    public static class Claim extends Looked {
        public Claim() {
            super(Kept.IN_WORDS_WITH_ORDER);
            stamp(0, 1, LARGE);
        }

        @Actor
        public void allocator() {
            claim();
            giveBack();
        }

        @Actor
        public void reader(II_Result r) {
            pagesAndCalls(r, census(), LARGE);
        }
    }
}
