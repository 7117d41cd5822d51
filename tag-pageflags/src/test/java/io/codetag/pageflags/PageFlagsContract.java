package io.codetag.pageflags;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.StoreRequest;
import io.codetag.testkit.NeighbourBits;
import io.codetag.testkit.PageTagStoreContract;

/** The contract over one form of flag words and one layout; large stores are over sparse words. */
abstract class PageFlagsContract extends PageTagStoreContract {
    private final PageFlagsLayout layout;
    private final int maxBits;
    private FlagWords words = new SparseFlagWords(1);

    PageFlagsContract(PageFlagsLayout layout, int maxBits) {
        this.layout = layout;
        this.maxBits = maxBits;
    }

    abstract FlagWords words(int pages);

    @Override
    protected PageTagStore openStore(long pageCount) {
        words = pageCount > PAGES ? new SparseFlagWords(pageCount) : words((int) PAGES);
        return new PageFlagsStoreProvider()
                .open(new StoreRequest("contract", pageCount, 4096, 3, words, layout, maxBits));
    }

    @Override
    protected NeighbourBits neighbours(PageTagStore store) {
        final Field tag = layout.tagField(maxBits);
        return new NeighbourBits() {
            @Override
            public long get(long pfn) {
                return words.get(pfn) & ~tag.mask();
            }

            @Override
            public void flip(long pfn, long bits) {
                for (; ; ) {
                    final long word = words.get(pfn);
                    if (words.compareAndSet(pfn, word, word ^ (bits & ~tag.mask()))) {
                        return;
                    }
                }
            }
        };
    }
}
