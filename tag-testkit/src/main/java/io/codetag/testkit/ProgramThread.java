package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.ChargeLease;
import io.codetag.TagSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What one thread of a program does: random operations on the pages it owns, and charges. */
final class ProgramThread {
    private static final int CLAIM_ONE_IN = 100;

    final ReferenceModel model;
    final List<ProgramPages> pages = new ArrayList<>();
    private final TagSpace space;
    private final List<AllocTag> tags;
    private final boolean misuse;
    private final Random random;
    private final Trace trace = new Trace();
    private final List<Charge> charges = new ArrayList<>();
    private final ChargeLease lease;
    private final String name;
    private final List<ProgramClaims> claims;

    /** Held during each step, so that claims can wait for its end; null if there are no claims. */
    private final @Nullable ReentrantLock stepLock;

    private boolean recording = true;

    ProgramThread(RandomProgram.Builder program, List<ProgramClaims> claims, int number) {
        space = program.space;
        tags = program.tags;
        misuse = program.misuse;
        // Neighbouring seeds of Random begin alike; those of SplittableRandom do not.
        random = new Random(new SplittableRandom(program.seed + number * 0x9E37_79B9_7F4A_7C15L).nextLong());
        name = "seed " + program.seed + "L, thread " + number + ", ";
        model = new ReferenceModel(space);
        lease = space.lease();
        this.claims = claims;
        stepLock = program.quiescence == null ? null : program.quiescence.newStep();
        for (int i = 0; i < program.attached.size(); i++) {
            final RandomProgram.Attached attached = program.attached.get(i);
            final long share = attached.allocator().pageCount() / program.threads;
            final long from = number * share;
            final long to = number == program.threads - 1 ? attached.allocator().pageCount() : from + share;
            final ProgramClaims claimed = claims.isEmpty() ? null : claims.get(i);
            pages.add(new ProgramPages(space, attached, claimed, model, from, to, random, trace));
        }
    }

    void recording(boolean on) {
        recording = on;
        model.recording(on);
        trace.add(on ? "recording" : "not recording");
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            trace.nextStep();
            reporting(this::claimOrStep);
        }
    }

    /** Frees all blocks and discharges all charges, and checks that each block credits the tag that the model says. */
    void drain() {
        for (ProgramPages owned : pages) {
            while (!owned.heads().isEmpty()) {
                trace.nextStep();
                reporting(() -> freeChecked(owned));
            }
        }
        while (!charges.isEmpty()) {
            reporting(this::discharge);
        }
        lease.close();
    }

    /** Makes the seed and the last operations part of a failure's message. */
    void reporting(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(name + trace + "\n" + failure, failure);
        }
    }

    private void claimOrStep() {
        if (stepLock == null) {
            step();
        } else if (random.nextInt(CLAIM_ONE_IN) == 0) {
            claims.get(random.nextInt(claims.size())).act(random, trace, largestCode());
        } else {
            stepLock.lock();
            try {
                step();
            } finally {
                stepLock.unlock();
            }
        }
    }

    private int largestCode() {
        return tags.stream().mapToInt(AllocTag::code).reduce(space.untagged().code(), Math::max);
    }

    private void step() {
        final AllocTag tag = tags.get(random.nextInt(tags.size()));
        final ProgramPages owned = pages.get(random.nextInt(pages.size()));
        final int head = owned.anyHead();
        final int choice = random.nextInt(100);
        if (choice < 8) {
            charge(tag);
        } else if (choice < 14) {
            discharge();
        } else if (choice < 20 && misuse) {
            new Misuse(owned).commit(tag, recording);
        } else if (choice < 55 || head < 0) {
            owned.allocate(tag);
        } else if (choice < 80) {
            owned.free(head);
        } else if (choice < 86) {
            owned.split(head);
        } else if (choice < 91) {
            owned.trim(head);
        } else if (choice < 97) {
            owned.move(head);
        } else {
            owned.clear(head);
        }
    }

    private void charge(AllocTag tag) {
        final long bytes = random.nextLong() >>> (24 + random.nextInt(40));
        final boolean leased = tag.space() == space && random.nextBoolean();
        trace.add((leased ? "charge by lease " : "charge ") + bytes + " bytes " + tag);
        final int reference = leased ? lease.charge(tag, bytes) : tag.charge(bytes);
        final boolean counted = model.charge(tag, bytes);
        assertEquals(counted, reference != 0, "a charge was counted");
        if (counted) {
            charges.add(new Charge(tag, reference, bytes));
        }
    }

    private void discharge() {
        if (!charges.isEmpty()) {
            final Charge charge = charges.remove(random.nextInt(charges.size()));
            final boolean leased = random.nextBoolean();
            trace.add((leased ? "discharge by lease " : "discharge ") + charge.bytes() + " bytes " + charge.tag());
            if (leased) {
                lease.discharge(charge.reference(), charge.bytes());
            } else {
                RandomProgram.engine(space).discharge(charge.reference(), charge.bytes());
            }
            model.discharge(charge.tag(), charge.bytes());
        }
    }

    private void freeChecked(ProgramPages owned) {
        final int head = owned.anyHead();
        final AllocTag tag = owned.tagOf(head);
        final AllocCounts before = tag == null ? AllocCounts.ZERO : model.counts(tag);
        final AllocCounts counted = tag == null ? AllocCounts.ZERO : tag.counts();
        owned.free(head);
        if (tag != null) {
            final AllocCounts credited = minus(before, model.counts(tag));
            assertEquals(credited, minus(counted, tag.counts()), () -> "what the free credited to " + tag);
        }
    }

    private static AllocCounts minus(AllocCounts left, AllocCounts right) {
        return new AllocCounts(left.bytes() - right.bytes(), left.calls() - right.calls());
    }

    /** Memory that is no page. */
    private record Charge(AllocTag tag, int reference, long bytes) {}
}
