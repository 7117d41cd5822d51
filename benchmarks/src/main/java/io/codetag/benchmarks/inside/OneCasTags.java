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
    private static final FlagWords WORDS = AttachedWords.words();
    private static final long BIT = Long.lowestOneBit(AttachedWords.spareBits());

    OneCasTags(PageTagger tagger) {}

    @Nullable
    PageTagger tagger() {
        return null;
    }

    static long handOut(PageTagger tagger, TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        final long seen = WORDS.get(pfn);
        WORDS.compareAndSet(pfn, seen, seen | BIT);
        return word | BIT;
    }

    static long takeBack(PageTagger tagger, TagStripe stripe, long pfn, int order, long word) {
        final long seen = WORDS.get(pfn);
        WORDS.compareAndSet(pfn, seen, seen & ~BIT);
        return word & ~BIT;
    }

    long piece(long pfn, long word, long piece, int newOrder, long pieceWord) {
        return pieceWord | BIT;
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
