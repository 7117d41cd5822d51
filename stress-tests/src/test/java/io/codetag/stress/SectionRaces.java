package io.codetag.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.pageext.PageExtStoreProvider;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.StoreRequest;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Sections and twins of the page extension that two threads touch first. */
final class SectionRaces {
    /** Does not fit the 2 bytes of a slot. */
    private static final int WIDE = 1 << 20;

    private SectionRaces() {}

    /** An empty page extension. */
    static class Pages {
        final PageTagStore store =
                new PageExtStoreProvider().open(new StoreRequest("raced", 16, 4096, 0, null, null, 64));
    }

    /** Two pages of one section, touched first at the same moment. */
    @JCStressTest
    @Outcome(id = "7, 8", expect = ACCEPTABLE, desc = "one made the section, both codes are in it")
    @State
    public static class NewSection extends Pages {
        @Actor
        public void first() {
            store.set(0, 7);
        }

        @Actor
        public void second() {
            store.set(1, 8);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = store.get(0);
            r.r2 = store.get(1);
        }
    }

    /** Two pages of one section need its twin first at the same moment. */
    @JCStressTest
    @Outcome(id = "1048576, 1048577", expect = ACCEPTABLE, desc = "one made the twin, both codes are in it")
    @State
    public static class NewTwin extends Pages {
        @Actor
        public void first() {
            store.set(0, WIDE);
        }

        @Actor
        public void second() {
            store.set(1, WIDE + 1);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = store.get(0);
            r.r2 = store.get(1);
        }
    }

    /** A slot goes to its twin while another thread takes what it holds. */
    @JCStressTest
    @Outcome(id = "7, 0, 1048576", expect = ACCEPTABLE, desc = "taken, then widened")
    @Outcome(id = "1048576, 7, 0", expect = ACCEPTABLE, desc = "widened, then taken")
    @State
    public static class WidenAndTake extends Pages {
        public WidenAndTake() {
            store.set(0, 7);
        }

        @Actor
        public void takes(III_Result r) {
            r.r1 = store.getAndSet(0, 0);
        }

        @Actor
        public void widens(III_Result r) {
            r.r2 = store.getAndSet(0, WIDE);
        }

        @Arbiter
        public void look(III_Result r) {
            r.r3 = store.get(0);
        }
    }

    /** Two compare-and-sets of one slot from the same code. */
    @JCStressTest
    @Outcome(id = "1, 0, 1048576", expect = ACCEPTABLE, desc = "the wide one won")
    @Outcome(id = "0, 1, 9", expect = ACCEPTABLE, desc = "the narrow one won")
    @State
    public static class TwoWinners extends Pages {
        public TwoWinners() {
            store.set(0, 7);
        }

        @Actor
        public void wide(III_Result r) {
            r.r1 = store.compareAndSet(0, 7, WIDE) ? 1 : 0;
        }

        @Actor
        public void narrow(III_Result r) {
            r.r2 = store.compareAndSet(0, 7, 9) ? 1 : 0;
        }

        @Arbiter
        public void look(III_Result r) {
            r.r3 = store.get(0);
        }
    }
}
