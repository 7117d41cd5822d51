package io.codetag.benchmarks.inside;

import io.codetag.allocator.LocalPages;
import io.codetag.benchmarks.paired.Work;

/** Allocates a page and frees it. */
final class PairInHand implements Work {
    private final LocalPages local;

    PairInHand(LocalPages local) {
        this.local = local;
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        for (int pair = 0; pair < pairs; pair += 2) {
            pages.free(pages.allocate(0, Tags.FIRST));
            pages.free(pages.allocate(0, Tags.SECOND));
        }
    }
}
