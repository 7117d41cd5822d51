package io.codetag.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.codetag.AllocTag;
import io.codetag.CodeTag;
import io.codetag.TagSpace;
import io.codetag.spi.TagDeclaration;
import io.codetag.spi.TagStripe;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Ids that come and go. */
final class RegistryRaces {
    private static final CodeTag PLACE = CodeTag.of("com.acme.Pool", "Pool.java", 1, "take");
    private static final AllocTag[] TAGS = tags();

    private RegistryRaces() {}

    private static AllocTag[] tags() {
        final List<AllocTag> made =
                new TagSpace().load("raced", List.of(PLACE, PLACE, PLACE)).tags();
        return made.toArray(new AllocTag[0]);
    }

    /** A registry whose first tag has lost its handle while one block of it is live. */
    static class HandleGone {
        final TagRegistry registry = new TagRegistry();
        final CounterLedger ledger = CounterLedger.ofPages(4096, 1, 2);
        final TagStripe stripe = ledger.stripes().lease();
        final int code = register(0);

        HandleGone() {
            count(true, 0);
            final TagRecord record = registry.record(code);
            if (record != null) {
                record.enqueue(); // as the collector does
            }
        }

        final int register(int tag) {
            return registry.register(TAGS[tag], new TagDeclaration(PLACE, null), PLACE);
        }

        final void count(boolean taken, int order) {
            stripe.prepare(order, code);
            if (taken) {
                stripe.take(order, code, 1);
            } else {
                stripe.give(order, code, 1);
            }
        }

        final int live() {
            return (int) Readings.live(List.of(ledger), code).calls();
        }

        final void recycle() {
            registry.recycle(settled -> Readings.live(List.of(ledger), settled).calls() == 0);
        }
    }

    /** The last block of a tag without a handle is freed while ids are looked after. */
    @JCStressTest
    @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "freed before: the id is used again")
    @Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "freed after: the next tag has another id")
    @State
    public static class LastFree extends HandleGone {
        @Actor
        public void owner() {
            count(false, 0);
        }

        @Actor
        public void housekeeping(II_Result r) {
            recycle();
            r.r1 = register(1);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = live();
        }
    }

    /** The block is trimmed, and live all the time: its id must not return. */
    @JCStressTest
    @Outcome(id = "4, 1", expect = ACCEPTABLE, desc = "whatever was read, the id was in use")
    @State
    public static class Trim extends HandleGone {
        @Actor
        public void owner() {
            count(true, 1);
            count(false, 0);
        }

        @Actor
        public void housekeeping(II_Result r) {
            recycle();
            r.r1 = register(1);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r2 = live();
        }
    }

    /** Two first uses take two ids. */
    @JCStressTest
    @Outcome(id = "4, 5", expect = ACCEPTABLE, desc = "first before second")
    @Outcome(id = "5, 4", expect = ACCEPTABLE, desc = "second before first")
    @State
    public static class TwoFirstUses extends HandleGone {
        @Actor
        public void first(II_Result r) {
            r.r1 = register(1);
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = register(2);
        }
    }

    /** A report is read while a tag comes: it sees the tag whole or not at all, and the content id tells. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "read before")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "came while it was read, not seen")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "came while it was read, seen")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "read after")
    @State
    public static class ReadBesideRegister extends HandleGone {
        @Actor
        public void comes() {
            register(1);
        }

        @Actor
        public void reads(II_Result r) {
            final long before = registry.contentId();
            int seen = 0;
            for (TagRecord record : registry.snapshot()) {
                seen += record.place().equals(PLACE) ? 1 : 100;
            }
            r.r1 = seen;
            r.r2 = registry.contentId() == before ? 0 : 1;
        }
    }
}
