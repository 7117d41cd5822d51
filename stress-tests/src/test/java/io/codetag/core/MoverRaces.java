package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.spi.TagCodes;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** An owner of a page against the mover that takes its reference out of bits that are being claimed. */
final class MoverRaces {
    private MoverRaces() {}

    /** What the races have in common: a large tag in the word, and a field that has just become too narrow for it. */
    static class Claimed extends Words {
        final Handshake handshake = new Handshake();

        Claimed() {
            references.exchange(0, LARGE);
            references.beginMoving();
            references.capacity(15);
        }

        final void move() {
            for (MovingPages batch = references.collectAbove(0, 2, 2);
                    batch.count() > 0;
                    batch = references.collectAbove(0, 2, 2)) {
                final ReferenceMover mover = references.moverOf(batch, handshake);
                mover.begin();
                do {
                    mover.await();
                } while (!mover.settle());
            }
        }

        final int inWord() {
            return main.get(0);
        }

        /** Looks at the reference, and at what is left in the slot without a mark in the word. */
        final void end(III_Result r) {
            references.endMoving();
            r.r3 = inWord() == TagCodes.ESCAPED ? 0 : overflow.get(0);
            r.r2 = references.get(0);
        }
    }

    /** A free on a shared word. */
    @JCStressTest
    @Outcome(id = "100, 0, 0", expect = ACCEPTABLE, desc = "found once, whether freed before, while or after it moved")
    @State
    public static class Free extends Claimed {
        @Actor
        public void owner(III_Result r) {
            handshake.enter();
            r.r1 = references.exchange(0, TagCodes.NONE);
            handshake.leave();
        }

        @Actor
        public void mover() {
            move();
        }

        @Arbiter
        public void look(III_Result r) {
            end(r);
        }
    }

    /** The block is freed and allocated again by the same tag, which escapes now. */
    @JCStressTest
    @Outcome(id = "100, 100, 0", expect = ACCEPTABLE, desc = "the old one found, the new one stored")
    @State
    public static class FreeAndAllocate extends Claimed {
        @Actor
        public void owner(III_Result r) {
            handshake.enter();
            r.r1 = references.exchange(0, TagCodes.NONE);
            handshake.leave();
            handshake.enter();
            references.exchange(0, LARGE);
            handshake.leave();
        }

        @Actor
        public void mover() {
            move();
        }

        @Arbiter
        public void look(III_Result r) {
            end(r);
        }
    }

    /** The reference is replaced by one that fits. */
    @JCStressTest
    @Outcome(
            id = "100, 4, 0",
            expect = ACCEPTABLE,
            desc = "the old one found, the new one in the word, nothing left over")
    @State
    public static class Replace extends Claimed {
        @Actor
        public void owner(III_Result r) {
            handshake.enter();
            r.r1 = references.exchange(0, SMALL);
            handshake.leave();
        }

        @Actor
        public void mover() {
            move();
        }

        @Arbiter
        public void look(III_Result r) {
            end(r);
        }
    }

    /** A fused free: the owner reads the word, takes its reference, and stores the whole word. */
    @JCStressTest
    @Outcome(id = "100, 0, 0", expect = ACCEPTABLE, desc = "found once; the owner's later write wins")
    @State
    public static class FusedFree extends Claimed {
        @Actor
        public void owner(III_Result r) {
            handshake.enter();
            final int word = inWord();
            r.r1 = word == TagCodes.ESCAPED ? references.takeEscaped(0) : word;
            words[0] = 0;
            handshake.leave();
        }

        @Actor
        public void mover() {
            move();
        }

        @Arbiter
        public void look(III_Result r) {
            end(r);
        }
    }

    /** The owner stores the word as it was read, twice, for a reason of its own. */
    @JCStressTest
    @Outcome(id = "2, 100, 0", expect = ACCEPTABLE, desc = "moved in the end, and still there")
    @State
    public static class Rewrite extends Claimed {
        @Actor
        public void owner() {
            for (int i = 0; i < 2; i++) {
                handshake.enter();
                words[0] = words[0] ^ 1;
                handshake.leave();
            }
        }

        @Actor
        public void mover() {
            move();
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = inWord();
            end(r);
        }
    }
}
