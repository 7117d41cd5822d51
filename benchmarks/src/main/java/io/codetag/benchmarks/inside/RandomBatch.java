package io.codetag.benchmarks.inside;

import io.codetag.allocator.LocalPages;
import io.codetag.benchmarks.paired.Work;

/** Frees 64 random ones of many live pages, and allocates 64. */
final class RandomBatch implements Work {
    private static final int SIZE = 64;

    private final LocalPages local;
    private RandomPages random;

    RandomBatch(LocalPages local, RandomPages random) {
        this.local = local;
        this.random = random;
    }

    @Override
    public void run(int pairs) {
        final LocalPages pages = local;
        final RandomPages numbers = random.copy();
        for (int done = 0; done < pairs; done += SIZE) {
            for (int i = 0; i < SIZE; i++) {
                pages.free(numbers.next());
            }
            for (int i = 0; i < SIZE; i += 2) {
                pages.allocate(0, Tags.FIRST);
                pages.allocate(0, Tags.SECOND);
            }
        }
        random = numbers;
    }
}
