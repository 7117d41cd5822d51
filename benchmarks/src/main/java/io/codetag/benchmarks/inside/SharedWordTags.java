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
    private final FlagWords words = AttachedWords.words();
    private final long spareBits = AttachedWords.spareBits();

    SharedWordTags(PageTagger tagger) {
        this.tagger = tagger;
    }

    long handOut(TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        tagger.add(pfn, order, tag);
        return (word & ~spareBits) | (words.get(pfn) & spareBits);
    }

    long takeBack(TagStripe stripe, long pfn, int order, long word) {
        tagger.sub(pfn, order);
        return word & ~spareBits;
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
