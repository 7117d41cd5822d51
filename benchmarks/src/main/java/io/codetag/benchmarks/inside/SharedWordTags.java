package io.codetag.benchmarks.inside;

import io.codetag.AllocTag;
import io.codetag.FlagWords;
import io.codetag.PageTagger;
import io.codetag.spi.TagStripe;

/**
 * Stands in for the allocator's class for tags, and uses the general operations, as an allocator has to whose flag words
 * others change too. The tagger puts its bits into the word by compare-and-set; they are read back, since this allocator
 * stores the word afterwards.
 */
final class SharedWordTags {
    private final PageTagger tagger;
    private static final FlagWords WORDS = AttachedWords.words();
    private static final long SPARE_BITS = AttachedWords.spareBits();

    SharedWordTags(PageTagger tagger) {
        this.tagger = tagger;
    }

    PageTagger tagger() {
        return tagger;
    }

    static long handOut(PageTagger tagger, TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        tagger.add(stripe, pfn, order, tag);
        return (word & ~SPARE_BITS) | (WORDS.get(pfn) & SPARE_BITS);
    }

    static long takeBack(PageTagger tagger, TagStripe stripe, long pfn, int order, long word) {
        tagger.sub(stripe, pfn, order);
        return word & ~SPARE_BITS;
    }

    long piece(long pfn, long word, long piece, int newOrder, long pieceWord) {
        return tagger.copyStamp(pfn, word, piece, newOrder, pieceWord);
    }

    void resized(long pfn, int order, int newOrder, long word) {
        tagger.restamp(pfn, order, newOrder, word);
    }

    void moved(long target, long pfn, int order) {
        tagger.swap(target, pfn, order);
    }

    TagStripe lease() {
        return tagger.lease();
    }

    void release(TagStripe stripe) {
        tagger.release(stripe);
    }

    void close() {
        tagger.close();
    }
}
