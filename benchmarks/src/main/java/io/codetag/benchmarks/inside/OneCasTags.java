package io.codetag.benchmarks.inside;

import io.codetag.AllocTag;
import io.codetag.FlagWords;
import io.codetag.PageTagger;
import io.codetag.spi.TagStripe;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the allocator's class for tags, keeps none, and changes a bit of each word by compare-and-set: the least
 * that a shared word costs.
 */
final class OneCasTags {
    private final FlagWords words = AttachedWords.words();
    private final long bit = Long.lowestOneBit(AttachedWords.spareBits());

    OneCasTags(PageTagger tagger) {}

    long handOut(TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        final long seen = words.get(pfn);
        words.compareAndSet(pfn, seen, seen | bit);
        return word | bit;
    }

    long takeBack(TagStripe stripe, long pfn, int order, long word) {
        final long seen = words.get(pfn);
        words.compareAndSet(pfn, seen, seen & ~bit);
        return word & ~bit;
    }

    long piece(long pfn, long word, long piece, int newOrder, long pieceWord) {
        return pieceWord | bit;
    }

    void resized(long pfn, int order, int newOrder, long word) {}

    void moved(long target, long pfn, int order) {}

    @Nullable
    TagStripe lease() {
        return null;
    }

    void release(TagStripe stripe) {}

    void close() {}
}
