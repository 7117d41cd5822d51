package io.codetag.core;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.pageext.PageExtStoreProvider;
import io.codetag.pageflags.PageFlagsStoreProvider;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.StoreRequest;

/** Two pages with 8 bits of their flag words for tags, and the page extension beside them. */
class Words {
    static final Field TAG = new Field("tag", 8, 8);

    /** Fits 8 bits, not 4. */
    static final int LARGE = 100;

    static final int SMALL = 4;

    final long[] words = new long[2];
    final PageTagStore main = new PageFlagsStoreProvider().open(request());
    final PageTagStore overflow = new PageExtStoreProvider().open(request());
    final References references = new References(main, overflow);

    private StoreRequest request() {
        final PageFlagsLayout layout = PageFlagsLayout.builder()
                .field("low", 0, 8)
                .field("high", 16, 48)
                .build();
        return new StoreRequest("raced", words.length, 4096, 0, FlagWords.of(words), layout, 64);
    }
}
