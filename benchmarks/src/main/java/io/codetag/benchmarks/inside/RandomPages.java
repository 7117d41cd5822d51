package io.codetag.benchmarks.inside;

/**
 * Numbers of pages in an order that no prefetcher follows: a linear congruential generator over the next power of two,
 * whose numbers are scrambled, and those that are too large are left out.
 */
final class RandomPages {
    private final long first;
    private final long pages;
    private final long mask;
    private final int shift;
    private long state;

    RandomPages(long first, long pages) {
        this.first = first;
        this.pages = pages;
        final int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(pages - 1));
        this.mask = (1L << bits) - 1;
        this.shift = bits / 2;
    }

    private RandomPages(RandomPages former) {
        first = former.first;
        pages = former.pages;
        mask = former.mask;
        shift = former.shift;
        state = former.state;
    }

    /** Returns what goes on from here: by the thread that writes it, so that no other has its own on the same line. */
    RandomPages copy() {
        return new RandomPages(this);
    }

    long next() {
        long number;
        do {
            state = (state * 6364136223846793005L + 1442695040888963407L) & mask;
            number = (state ^ (state >>> shift)) & mask; // the lower bits alone have short periods
        } while (number >= pages);
        return first + number;
    }
}
