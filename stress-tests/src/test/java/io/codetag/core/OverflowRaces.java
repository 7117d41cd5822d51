package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.OverflowPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** An owner of pages while policy disable comes to stay. The other policies: {@link ReferenceRaces}. */
final class OverflowRaces {
    private OverflowRaces() {}

    /** Pages whose tags are about to be more than their bits can name. */
    static class Filling extends RacedPages {
        private static final int TOO_LARGE = TAG.maxCode() + 1;

        Filling() {
            super(Kept.IN_WORDS, OverflowPolicy.DISABLE, counters());
        }

        /** Does what loading a module with too many tags does. */
        final void overflow() {
            pages.decideOverflow(TOO_LARGE);
        }
    }

    /** An allocation; a later one is never recorded. */
    @JCStressTest
    @Outcome(id = "4, 1, 0", expect = ACCEPTABLE, desc = "admitted before, recorded before or after")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "disabled before")
    @State
    public static class Allocation extends Filling {
        @Actor
        public void owner() {
            tagger.add(0, 0, SMALL);
        }

        @Actor
        public void policy() {
            overflow();
        }

        @Arbiter
        public void look(III_Result r) {
            tagger.add(1, 0, SMALL);
            r.r1 = references.get(0);
            r.r2 = calls(SMALL);
            r.r3 = references.get(1);
        }
    }

    /** Two allocations in the fused form. The first makes the counters, and goes the slow way. */
    @JCStressTest
    @Outcome(id = "4, 4, 2", expect = ACCEPTABLE, desc = "both before")
    @Outcome(id = "4, 0, 1", expect = ACCEPTABLE, desc = "disabled between them")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "disabled before both")
    @Outcome(
            id = "0, 4, 1",
            expect = ACCEPTABLE,
            desc = "both between the policy's two steps: the slow way is closed, the fast one not yet")
    @State
    public static class FusedAllocations extends Filling {
        @Actor
        public void owner() {
            stamp(0, 0, SMALL);
            stamp(1, 0, SMALL);
        }

        @Actor
        public void policy() {
            overflow();
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = inWord(0);
            r.r2 = inWord(1);
            r.r3 = calls(SMALL);
        }
    }

    /** A free of a block that was recorded before. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "credited, whether freed before or after")
    @State
    public static class Free extends Filling {
        public Free() {
            tagger.add(0, 0, SMALL);
        }

        @Actor
        public void owner() {
            tagger.sub(0, 0);
        }

        @Actor
        public void policy() {
            overflow();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = references.get(0);
            r.r2 = calls(SMALL);
        }
    }

    /** A block is allocated and freed in the fused form. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "recorded or not, the free credited what was recorded")
    @State
    public static class FusedPair extends Filling {
        @Actor
        public void owner() {
            stamp(0, 0, SMALL);
            unstamp(0, 0);
        }

        @Actor
        public void policy() {
            overflow();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = inWord(0);
            r.r2 = calls(SMALL);
        }
    }

    /** A block that was recorded before is split, and one of the pieces is freed. */
    @JCStressTest
    @Outcome(id = "4, 0, 1", expect = ACCEPTABLE, desc = "a piece is no new reference: both had theirs")
    @State
    public static class SplitAndFree extends Filling {
        public SplitAndFree() {
            tagger.add(0, 1, SMALL);
        }

        @Actor
        public void owner() {
            tagger.split(0, 1, 0);
            tagger.sub(1, 0);
        }

        @Actor
        public void policy() {
            overflow();
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = references.get(0);
            r.r2 = references.get(1);
            r.r3 = calls(SMALL);
        }
    }
}
