package io.codetag.allocator;

import io.codetag.AllocTag;
import io.codetag.PageTagger;
import io.codetag.spi.RecordingSwitch;
import io.codetag.spi.TagStripe;

/**
 * The tags of blocks: every call that this allocator makes for a block is here, and nothing else is. An allocator that
 * carries no tags differs in this class alone.
 *
 * <p>The word is the flag word of the block's first page, read before and stored afterwards by the caller.
 *
 * <p><b>Thread safety.</b> For one block the allocator orders the calls; a stripe is used by one thread at a time.
 */
final class BlockTags {
    private final PageTagger tagger;

    BlockTags(PageTagger tagger) {
        this.tagger = tagger;
    }

    /** Returns the tagger, for whoever keeps it at hand: the methods that are called for each block take it. */
    PageTagger tagger() {
        return tagger;
    }

    /** Charges a block that is handed out, and returns the word to store. */
    static long handOut(PageTagger tagger, TagStripe stripe, long pfn, int order, long word, AllocTag tag) {
        return RecordingSwitch.allocating() ? tagger.stamp(stripe, pfn, order, word, tag) : word;
    }

    /** Credits a block that comes back, and returns the word to store. */
    static long takeBack(PageTagger tagger, TagStripe stripe, long pfn, int order, long word) {
        return RecordingSwitch.freeing() ? tagger.unstamp(stripe, pfn, order, word) : word;
    }

    /** Charges a new piece of a block to the block's tag, and returns the word of the piece to store. */
    long piece(long pfn, long word, long piece, int newOrder, long pieceWord) {
        return tagger.copyStamp(pfn, word, piece, newOrder, pieceWord);
    }

    /** Counts a block in its new order: after a split for the first piece, or for a trim. */
    void resized(long pfn, int order, int newOrder, long word) {
        tagger.restamp(pfn, order, newOrder, word);
    }

    /** Moves the tag of a block to another one, whose word is stored already. */
    void moved(long target, long pfn, int order) {
        tagger.swap(target, pfn, order);
    }

    /** Returns counters for an object that one thread at a time owns. */
    TagStripe lease() {
        return tagger.lease();
    }

    /** Takes counters back; their last use has to happen before. */
    void release(TagStripe stripe) {
        tagger.release(stripe);
    }

    /** Credits everything that is live. */
    void close() {
        tagger.close();
    }
}
