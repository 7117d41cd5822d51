package io.codetag.benchmarks.inside;

import io.codetag.allocator.PageAllocator;
import io.codetag.benchmarks.paired.Work;

/** Allocates a page and frees it, through the cache that the allocator keeps for the thread. */
final class PairLookedUp implements Work {
    private final PageAllocator allocator;

    PairLookedUp(PageAllocator allocator) {
        this.allocator = allocator;
    }

    @Override
    public void run(int pairs) {
        final PageAllocator pages = allocator;
        for (int pair = 0; pair < pairs; pair += 2) {
            pages.free(pages.allocate(0, Tags.FIRST));
            pages.free(pages.allocate(0, Tags.SECOND));
        }
    }
}
