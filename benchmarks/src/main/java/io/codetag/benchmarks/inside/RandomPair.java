package io.codetag.benchmarks.inside;

import io.codetag.allocator.LocalPages;
import io.codetag.benchmarks.paired.Work;

/** Frees a random one of many live pages, and allocates one. */
final class RandomPair implements Work {
    private final LocalPages local;
    private RandomPages random;

    RandomPair(LocalPages local, RandomPages random) {
        this.local = local;
        this.random = random;
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        final RandomPages numbers = random.copy();
        for (int pair = 0; pair < pairs; pair += 2) {
            pages.free(numbers.next());
            pages.allocate(0, Tags.FIRST);
            pages.free(numbers.next());
            pages.allocate(0, Tags.SECOND);
        }
        random = numbers;
    }
}
