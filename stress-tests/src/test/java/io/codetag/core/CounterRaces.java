package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.spi.TagStripe;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Races of those who count with each other and with readers. */
final class CounterRaces {
    private static final int TAG = 3;

    /** A tag whose counters are not in the chunk of the first. */
    private static final int NEXT_CHUNK = 600;

    /** A tag for which a directory has to grow. */
    private static final int NEXT_DIRECTORY = 1_100;

    private CounterRaces() {}

    /** A ledger of one page size with its pool. */
    static class Counted {
        final CounterLedger ledger = CounterLedger.ofPages(4096, 2, 2);
        final TagStripe stripe = ledger.stripes().lease();

        static void take(TagStripe stripe, int order) {
            stripe.prepare(order, TAG);
            stripe.take(order, TAG, 1);
        }

        static void give(TagStripe stripe, int order) {
            stripe.prepare(order, TAG);
            stripe.give(order, TAG, 1);
        }

        final int calls() {
            return (int) Readings.live(List.of(ledger), TAG).calls();
        }
    }

    /** A reader beside an allocation and its free. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "read before, after, or around both")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "read while the block was live")
    @State
    public static class ReadBesideAllocation extends Counted {
        @Actor
        public void owner() {
            take(stripe, 0);
            give(stripe, 0);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = calls();
        }
    }

    /** A block that is live all the time changes its order: a zero would free its tag's id. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen in one order")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "seen in both orders, between the two steps")
    @State
    public static class ReadBesideTrim extends Counted {
        public ReadBesideTrim() {
            take(stripe, 1);
        }

        @Actor
        public void owner() {
            take(stripe, 0);
            give(stripe, 1);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = calls();
        }
    }

    /** A block goes from hand to hand: allocated in one stripe, freed in another, by whoever saw it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing handed over yet, nothing live or all over")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "read while it was live")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "freed by the other one, and read afterwards")
    @State
    public static class FreedElsewhere extends Counted {
        private final TagStripe other = ledger.stripes().lease();
        private volatile boolean handed;

        @Actor
        public void allocates() {
            take(stripe, 0);
            handed = true;
        }

        @Actor
        public void frees(II_Result r) {
            if (handed) {
                give(other, 0);
                r.r1 = 1;
            }
            r.r2 = calls();
        }
    }

    /** A reader beside an owner whose counters move to a larger chunk while a block is live. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the block that is live all the time")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "with another one, before it was freed or while it was being freed")
    @State
    public static class ReadBesideJoining extends Counted {
        public ReadBesideJoining() {
            take(stripe, 0);
        }

        @Actor
        public void owner() {
            stripe.prepare(0, NEXT_CHUNK);
            take(stripe, 0);
            give(stripe, 0);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = calls();
        }
    }

    /** The same where the directory is replaced too. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the block that is live all the time")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "with another one, before it was freed or while it was being freed")
    @State
    public static class ReadBesideGrowing extends Counted {
        public ReadBesideGrowing() {
            take(stripe, 0);
            stripe.prepare(0, NEXT_CHUNK);
            stripe.take(0, NEXT_CHUNK, 1);
        }

        @Actor
        public void owner() {
            stripe.prepare(0, NEXT_DIRECTORY);
            take(stripe, 0);
            give(stripe, 0);
        }

        @Actor
        public void reader(I_Result r) {
            r.r1 = calls();
        }
    }

    /** Two threads are the first to count a tag in a shared stripe. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "one of them made the chunk, both counted in it")
    @State
    public static class ChunkOfSharedStripe {
        private final TagStripe stripe = new TagStripe(1, true);

        @Actor
        public void first() {
            Counted.take(stripe, 0);
        }

        @Actor
        public void second() {
            Counted.take(stripe, 0);
        }

        @Arbiter
        public void sum(I_Result r) {
            r.r1 = (int) stripe.taken(0, TAG);
        }
    }

    /** Two threads make chunks of different tags in one directory that has to grow. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "no chunk is lost when the directory is replaced")
    @State
    public static class DirectoryGrows {
        private static final int FAR = 10_000;

        private final TagStripe stripe = new TagStripe(1, true);

        @Actor
        public void near() {
            Counted.take(stripe, 0);
        }

        @Actor
        public void far() {
            stripe.prepare(0, FAR);
            stripe.take(0, FAR, 1);
        }

        @Arbiter
        public void sum(II_Result r) {
            r.r1 = (int) stripe.taken(0, TAG);
            r.r2 = (int) stripe.taken(0, FAR);
        }
    }

    /** A stripe of the only exclusive one goes from a caller that gives it back to the next. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "handed on or not, each counted once")
    @State
    public static class LeaseHandedOn {
        private final CounterLedger ledger = CounterLedger.ofPages(4096, 0, 1);

        @Actor
        public void first() {
            count();
        }

        @Actor
        public void second() {
            count();
        }

        @Arbiter
        public void sum(I_Result r) {
            r.r1 = (int) Readings.live(List.of(ledger), TAG).calls();
        }

        private void count() {
            final TagStripe leased = ledger.stripes().lease();
            Counted.take(leased, 0);
            ledger.stripes().release(leased);
        }
    }

    /** The only exclusive stripe was leased by a thread that has just died; two others come for it. */
    @JCStressTest
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "what the dead thread counted is still there, and both counted")
    @State
    public static class LeaseOfDeadThread {
        private final CounterLedger ledger = CounterLedger.ofPages(4096, 0, 1);

        public LeaseOfDeadThread() {
            final Thread thread = new Thread(() -> Counted.take(ledger.stripes().current(), 0));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Actor
        public void first() {
            Counted.take(ledger.stripes().current(), 0);
        }

        @Actor
        public void second() {
            Counted.take(ledger.stripes().current(), 0);
        }

        @Arbiter
        public void sum(I_Result r) {
            r.r1 = (int) Readings.live(List.of(ledger), TAG).calls();
        }
    }
}
