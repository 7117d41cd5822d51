package io.codetag.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codetag.AllocCounts;
import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.PageTotals;
import io.codetag.TagSpace;
import io.codetag.spi.ProfilerEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/**
 * Random programs of imaginary allocators, made on real taggers and on the {@link ReferenceModel} alike, which have to
 * agree at every quiet point: the counts of each tag, the totals of each allocator, and what is untracked.
 *
 * <p>A program allocates, frees, splits, trims, moves and clears blocks in the general and in the fused form, charges
 * and discharges memory that is no page, and with {@link Builder#misuse} does what allocators must not: frees twice,
 * allocates what is allocated, names pages and orders out of range, uses tags of another space. With
 * {@link Builder#claims} it claims bits of the flag words and gives them back, beside the operations of other threads: what
 * has to be granted, refused, or is an error, is known from the description of the pages.
 *
 * <p>With several threads each owns a share of the pages; quiet points are then the ends of {@link #run}.
 *
 * <p><b>Errors.</b> A difference is an {@link AssertionError} whose message has the seed and the last operations.
 *
 * <p><b>Thread safety.</b> None: one thread at a time drives a program.
 *
 * @since 0.1
 */
public final class RandomProgram {
    private static final int STEPS_BETWEEN_CHECKS = 100;

    private final List<AllocTag> tags;
    private final List<Attached> attached;
    private final boolean census;
    private final List<ProgramClaims> claims = new ArrayList<>();
    private final List<ProgramThread> threads = new ArrayList<>();

    private RandomProgram(Builder builder) {
        tags = new ArrayList<>(builder.tags);
        tags.add(builder.space.untagged());
        attached = List.copyOf(builder.attached);
        census = builder.census;
        final ProgramQuiescence quiescence = builder.quiescence;
        if (quiescence != null) {
            attached.forEach(each -> claims.add(new ProgramClaims(each, quiescence)));
        }
        for (int i = 0; i < builder.threads; i++) {
            threads.add(new ProgramThread(builder, claims, i));
        }
    }

    /**
     * Begins a description.
     *
     * @param space the tag space, with its profiler
     * @param tags whom the program charges; of that space, at least one
     * @return a builder
     */
    public static Builder builder(TagSpace space, List<AllocTag> tags) {
        return new Builder(space, tags);
    }

    /**
     * Makes random operations and compares. May be called again; the program goes on where it was.
     *
     * @param steps how many in each thread
     */
    public void run(int steps) {
        if (threads.size() > 1) {
            Race.run(threads.size(), thread -> threads.get(thread).run(steps));
            check();
            return;
        }
        for (int done = 0; done < steps; done += STEPS_BETWEEN_CHECKS) {
            threads.get(0).run(Math.min(STEPS_BETWEEN_CHECKS, steps - done));
            check();
        }
    }

    /**
     * Tells the program that recording was switched. To be called after the profiler was, at a quiet point.
     *
     * @param on whether allocations are recorded from now on
     */
    public void recording(boolean on) {
        threads.forEach(thread -> thread.recording(on));
    }

    /**
     * Grows an allocator, its tagger and its model, at a quiet point. The last thread owns the new pages.
     *
     * @param allocator one of the program's allocators
     * @param pageCount the new number of pages; flag words have to be there already
     */
    public void grow(ImaginaryAllocator allocator, long pageCount) {
        for (int i = 0; i < attached.size(); i++) {
            if (attached.get(i).allocator() == allocator) {
                attached.get(i).tagger().grow(pageCount);
                allocator.grow(pageCount);
                for (ProgramThread thread : threads) {
                    thread.pages.get(i).grow(pageCount, thread == threads.get(threads.size() - 1));
                }
            }
        }
    }

    /**
     * Frees every block and discharges every charge, by one thread, and compares. Before and after each free it reads
     * the counts of the tag that the model says the page refers to.
     */
    public void drain() {
        threads.forEach(ProgramThread::drain);
        check();
    }

    /** Compares the counts of every tag, the totals of every allocator, and the allocators' own bits. */
    public void check() {
        threads.get(0).reporting(() -> {
            for (AllocTag tag : tags) {
                final AllocCounts expected = threads.stream()
                        .map(thread -> census ? thread.model.recomputed(tag) : thread.model.counts(tag))
                        .reduce(AllocCounts.ZERO, AllocCounts::plus);
                assertEquals(expected, tag.counts(), () -> "counts of " + tag);
            }
            for (int i = 0; i < attached.size(); i++) {
                checkTotals(i);
            }
            claims.forEach(ProgramClaims::check);
        });
    }

    private AllocCounts expected(ProgramPages pages) {
        return census ? pages.model.recomputed() : pages.model.counts();
    }

    private void checkTotals(int index) {
        final PageTotals totals = attached.get(index).tagger().totals();
        assertEquals(
                new AllocCounts(sum(index, pages -> expected(pages).bytes()), sum(index, pages -> expected(pages)
                        .calls())),
                new AllocCounts(totals.bytes(), totals.calls()),
                () -> "totals of " + totals.allocator());
        final OptionalLong untracked = totals.untracked();
        if (untracked.isPresent()) {
            assertEquals(
                    sum(index, ProgramPages::untrackedBytes),
                    untracked.getAsLong(),
                    () -> "untracked bytes of " + totals.allocator());
        }
        for (ProgramThread thread : threads) {
            thread.pages.get(index).words.check();
        }
    }

    private long sum(int index, ToLongFunction<ProgramPages> value) {
        return threads.stream()
                .mapToLong(thread -> value.applyAsLong(thread.pages.get(index)))
                .sum();
    }

    static ProfilerEngine engine(TagSpace space) {
        final ProfilerEngine engine = space.engine();
        return engine != null ? engine : Assertions.fail("the tag space has no profiler");
    }

    /** An allocator with its tagger. */
    record Attached(ImaginaryAllocator allocator, PageSpec spec, PageTagger tagger, Predicate<AllocTag> admission) {}

    /**
     * Describes a program.
     *
     * @since 0.1
     */
    public static final class Builder {
        final TagSpace space;
        final List<AllocTag> tags;
        final List<Attached> attached = new ArrayList<>();
        int threads = 1;
        boolean census;
        boolean misuse;

        @Nullable
        ProgramQuiescence quiescence;

        long seed = ThreadLocalRandom.current().nextLong();

        private Builder(TagSpace space, List<AllocTag> tags) {
            this.space = space;
            this.tags = List.copyOf(tags);
        }

        /**
         * Adds an allocator whose blocks all fit its stores.
         *
         * @param allocator its pages, all free
         * @param spec what was attached: the same numbers as the allocator's, with flag words or without
         * @param tagger its tagger
         * @return this builder
         */
        public Builder allocator(ImaginaryAllocator allocator, PageSpec spec, PageTagger tagger) {
            return allocator(allocator, spec, tagger, tag -> true);
        }

        /**
         * Adds an allocator with an overflow policy that leaves blocks untracked.
         *
         * @param allocator its pages, all free
         * @param spec what was attached: the same numbers as the allocator's, with flag words or without
         * @param tagger its tagger
         * @param admission which allocations are recorded; asked once for each, after the tagger has recorded it, so
         *     that the tag has its code. By several threads if the program has several
         * @return this builder
         */
        public Builder allocator(
                ImaginaryAllocator allocator, PageSpec spec, PageTagger tagger, Predicate<AllocTag> admission) {
            if (spec.pageCount() != allocator.pageCount() || spec.maxOrder() != allocator.maxOrder()) {
                throw new IllegalArgumentException(
                        spec + " with orders up to " + spec.maxOrder() + " does not describe an allocator of "
                                + allocator.pageCount() + " pages with orders up to " + allocator.maxOrder());
            }
            attached.add(new Attached(allocator, spec, tagger, admission));
            return this;
        }

        /**
         * Sets the number of threads; 1 unless set.
         *
         * @param count threads, 1 or more
         * @return this builder
         */
        public Builder threads(int count) {
            threads = count;
            return this;
        }

        /**
         * Sets whether the program also does what allocators must not; false unless set.
         *
         * @param on whether it does
         * @return this builder
         */
        public Builder misuse(boolean on) {
            misuse = on;
            return this;
        }

        /**
         * Sets whether the profiler looks at the live references instead of counting; false unless set. Then a block
         * that was allocated onto a live one counts with the order it has, whatever the former one had.
         *
         * @param on whether it takes a census
         * @return this builder
         */
        public Builder census(boolean on) {
            census = on;
            return this;
        }

        /**
         * Lets the program claim bits of the flag words and give them back; it does not unless told. Where the layout of
         * the flag words has no quiescence, bits that tags occupy have to be refused.
         *
         * @param waits what the layout of the flag words has as its quiescence, if it has one; of this program only
         * @return this builder
         */
        public Builder claims(ProgramQuiescence waits) {
            quiescence = waits;
            return this;
        }

        /**
         * Sets what decides the program; a new one in each run unless set.
         *
         * @param newSeed any number
         * @return this builder
         */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * Makes the program.
         *
         * @return the program
         * @throws IllegalArgumentException if there is no tag, no allocator or no thread
         */
        public RandomProgram build() {
            if (tags.isEmpty() || attached.isEmpty() || threads < 1) {
                throw new IllegalArgumentException("a program needs a tag, an allocator and a thread; there are "
                        + tags.size() + ", " + attached.size() + " and " + threads);
            }
            return new RandomProgram(this);
        }
    }
}
