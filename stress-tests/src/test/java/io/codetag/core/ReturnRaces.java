package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.OverflowPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/** An owner of pages while claimed bits of the flag word are given back, and references return to them. */
final class ReturnRaces {
    private ReturnRaces() {}

    /** Pages of an allocator that may claim half of the bits for tags. */
    static class Claimable extends RacedPages {
        Claimable(OverflowPolicy policy) {
            super(Kept.IN_WORDS, policy, counters());
        }

        /** Looks at a page with a large tag. */
        final void look(IIII_Result r) {
            r.r1 = inWord(0);
            r.r2 = references.get(0);
            r.r3 = leftOver(0);
            r.r4 = calls(LARGE);
        }

        /** Looks at a page that was freed. */
        final void lookAtFreed(III_Result r) {
            r.r1 = references.get(0);
            r.r2 = leftOver(0);
            r.r3 = calls(LARGE);
        }
    }

    /** Half of the bits are claimed, and are about to be given back. */
    static class Claimed extends Claimable {
        Claimed() {
            super(OverflowPolicy.SPILL);
            claim();
        }
    }

    /** An allocation by a tag that needs the bits. */
    @JCStressTest
    @Outcome(id = "2, 100, 0, 1", expect = ACCEPTABLE, desc = "allocated before the capacity went up: escaped")
    @Outcome(id = "100, 100, 0, 1", expect = ACCEPTABLE, desc = "allocated after: in the word again")
    @State
    public static class Allocation extends Claimed {
        @Actor
        public void owner() {
            handshake.enter();
            tagger.add(0, 0, LARGE);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            giveBack();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            look(r);
        }
    }

    /** The same in the fused form: the owner stores the word. */
    @JCStressTest
    @Outcome(id = "2, 100, 0, 1", expect = ACCEPTABLE, desc = "allocated before the capacity went up: escaped")
    @Outcome(id = "100, 100, 0, 1", expect = ACCEPTABLE, desc = "allocated after: in the word again")
    @State
    public static class FusedAllocation extends Claimed {
        @Actor
        public void owner() {
            handshake.enter();
            stamp(0, 0, LARGE);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            giveBack();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            look(r);
        }
    }

    /** A free of a block whose reference had to escape. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "found in its slot and credited, before or after")
    @State
    public static class Free extends Claimed {
        public Free() {
            tagger.add(0, 0, LARGE);
        }

        @Actor
        public void owner() {
            handshake.enter();
            tagger.sub(0, 0);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            giveBack();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            lookAtFreed(r);
        }
    }

    /** The same in the fused form: the bits for tags are those of a word that was read before or after they widened. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "found in its slot and credited, before or after")
    @State
    public static class FusedFree extends Claimed {
        public FusedFree() {
            stamp(0, 0, LARGE);
        }

        @Actor
        public void owner() {
            handshake.enter();
            unstamp(0, 0);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            giveBack();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            lookAtFreed(r);
        }
    }

    /** A block is allocated and freed in the fused form: no tag is stamped that the bits then in use would not give back. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "in its slot or in the word: found and credited")
    @State
    public static class FusedPair extends Claimed {
        @Actor
        public void owner() {
            handshake.enter();
            stamp(0, 0, LARGE);
            handshake.leave();
            handshake.enter();
            unstamp(0, 0);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            giveBack();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            lookAtFreed(r);
        }
    }

    /** A block whose reference had to escape is freed, and allocated again by the same tag. */
    @JCStressTest
    @Outcome(id = "2, 100, 0, 1", expect = ACCEPTABLE, desc = "both before the capacity went up: escaped again")
    @Outcome(id = "100, 100, 0, 1", expect = ACCEPTABLE, desc = "allocated after: in the word again, its slot empty")
    @State
    public static class FreeAndAllocate extends Claimed {
        public FreeAndAllocate() {
            tagger.add(0, 0, LARGE);
        }

        @Actor
        public void owner() {
            handshake.enter();
            tagger.sub(0, 0);
            handshake.leave();
            handshake.enter();
            tagger.add(0, 0, LARGE);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            giveBack();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            look(r);
        }
    }

    /** Policy switch had sent all new references elsewhere while the bits were claimed; now all tags in use fit again. */
    @JCStressTest
    @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "both allocated before references returned")
    @Outcome(id = "2, 4, 2", expect = ACCEPTABLE, desc = "references returned between them")
    @Outcome(id = "4, 4, 2", expect = ACCEPTABLE, desc = "both allocated after references returned")
    @State
    public static class Switched extends Claimable {
        public Switched() {
            super(OverflowPolicy.SWITCH);
            claim();
            pages.decideOverflow(LARGE.code());
        }

        @Actor
        public void owner() {
            handshake.enter();
            tagger.add(0, 0, SMALL);
            handshake.leave();
            handshake.enter();
            tagger.add(1, 0, SMALL);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            giveBack();
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = inWord(0);
            r.r2 = inWord(1);
            r.r3 = calls(SMALL);
        }
    }

    /** Bits are claimed and given back at once, while a block that is in the way is freed and allocated again. */
    @JCStressTest
    @Outcome(id = "2, 100, 0, 1", expect = ACCEPTABLE, desc = "allocated before the claim and moved, or while it held")
    @Outcome(id = "100, 100, 0, 1", expect = ACCEPTABLE, desc = "allocated after they were given back")
    @State
    public static class ClaimedAndReturned extends Claimable {
        public ClaimedAndReturned() {
            super(OverflowPolicy.SPILL);
            tagger.add(0, 0, LARGE);
        }

        @Actor
        public void owner() {
            handshake.enter();
            tagger.sub(0, 0);
            handshake.leave();
            handshake.enter();
            tagger.add(0, 0, LARGE);
            handshake.leave();
        }

        @Actor
        public void allocator() {
            claim();
            giveBack();
        }

        @Arbiter
        public void arbiter(IIII_Result r) {
            look(r);
        }
    }
}
