package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.FlagWords;
import io.codetag.spi.TagCodes;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Races for the reference of a page that sits in the word or in the overflow store. */
final class ReferenceRaces {
    private ReferenceRaces() {}

    /** Two frees of one block whose reference is in the word. */
    @JCStressTest
    @Outcome(id = "100, 0", expect = ACCEPTABLE, desc = "first frees, second finds none")
    @Outcome(id = "0, 100", expect = ACCEPTABLE, desc = "second frees, first finds none")
    @State
    public static class TwoFrees extends Words {
        public TwoFrees() {
            references.exchange(0, LARGE);
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = references.exchange(0, TagCodes.NONE);
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = references.exchange(0, TagCodes.NONE);
        }
    }

    /** Two frees of one block whose reference has escaped. */
    @JCStressTest
    @Outcome(id = "100, 0", expect = ACCEPTABLE, desc = "first frees, second finds none")
    @Outcome(id = "0, 100", expect = ACCEPTABLE, desc = "second frees, first finds none")
    @State
    public static class TwoFreesOfEscaped extends Words {
        public TwoFreesOfEscaped() {
            references.limit(0);
            references.exchange(0, LARGE);
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = references.exchange(0, TagCodes.NONE);
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = references.exchange(0, TagCodes.NONE);
        }
    }

    /** A block is allocated, freed and allocated again while policy switch sends new references elsewhere. */
    @JCStressTest
    @Outcome(id = "100, 4", expect = ACCEPTABLE, desc = "whatever the switch came between: found and stored")
    @State
    public static class Switch extends Words {
        @Actor
        public void owner(II_Result r) {
            references.exchange(0, LARGE);
            r.r1 = references.exchange(0, TagCodes.NONE);
            references.exchange(0, SMALL);
        }

        @Actor
        public void policy() {
            references.limit(0);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = references.get(0);
        }
    }

    /** Policy spill: a small tag stays in the word, a large one escapes, and they change places. */
    @JCStressTest
    @Outcome(id = "4, 100, 4", expect = ACCEPTABLE, desc = "each replaced reference found, the last one stored")
    @State
    public static class Spill extends Words {
        public Spill() {
            references.exchange(0, SMALL);
        }

        @Actor
        public void owner(III_Result r) {
            r.r1 = references.exchange(0, LARGE);
            r.r2 = references.exchange(0, SMALL);
        }

        @Actor
        public void policy() {
            references.limit(SMALL);
        }

        @Arbiter
        public void look(III_Result r) {
            r.r3 = references.get(0);
        }
    }

    /** A free races with the mark that a page is deliberately untracked. */
    @JCStressTest
    @Outcome(id = "100, 0, 1", expect = ACCEPTABLE, desc = "freed, then marked")
    @Outcome(id = "1, 100, 0", expect = ACCEPTABLE, desc = "marked, then freed")
    @Outcome(id = "0, 100, 1", expect = ACCEPTABLE, desc = "marked between the look at the word and at the slot")
    @State
    public static class FreeAndClear extends Words {
        public FreeAndClear() {
            references.limit(0);
            references.exchange(0, LARGE);
        }

        @Actor
        public void free(III_Result r) {
            r.r1 = references.exchange(0, TagCodes.NONE);
        }

        @Actor
        public void clear(III_Result r) {
            r.r2 = references.exchange(0, TagCodes.EMPTY);
        }

        @Arbiter
        public void look(III_Result r) {
            r.r3 = references.get(0);
        }
    }

    /** Neighbours in one word: the owner of other bits changes them while a tag is stored and taken. */
    @JCStressTest
    @Outcome(id = "100, 255", expect = ACCEPTABLE, desc = "both survive")
    @State
    public static class Neighbours extends Words {
        @Actor
        public void tags(II_Result r) {
            references.exchange(0, LARGE);
            references.exchange(0, TagCodes.NONE);
            references.exchange(0, LARGE);
        }

        @Actor
        public void owner() {
            for (int bit = 0; bit < 8; bit++) {
                final FlagWords all = FlagWords.of(words);
                long word;
                do {
                    word = all.get(0);
                } while (!all.compareAndSet(0, word, word | 1L << bit));
            }
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = references.get(0);
            r.r2 = (int) (words[0] & 0xFF);
        }
    }
}
