package io.codetag.benchmarks.inside;

import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.paired.Work;
import java.util.List;

/** Uses allocators of other kinds before each time that is taken, so that the tagger's code has seen all of them. */
final class BesideOthers implements Work {
    private static final int PAIRS = 16;

    private final Work work;
    private final List<Work> others;

    BesideOthers(Work work, List<PageAllocator> others) {
        this.work = work;
        this.others = others.stream()
                .map(allocator -> (Work) new PairInHand(allocator.local()))
                .toList();
    }

    @Override
    public void before() {
        for (Work other : others) {
            other.run(PAIRS);
        }
    }

    @Override
    public void run(int pairs) {
        work.run(pairs);
    }
}
