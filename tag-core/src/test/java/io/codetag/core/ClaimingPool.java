package io.codetag.core;

import io.codetag.AllocTag;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.Quiescence;
import java.util.Arrays;

/** An allocator of single pages for tests of claims: 12 bits beside its own, 8 to 19, in which tags sit. */
final class ClaimingPool {
    static final int PAGES = 64;
    static final int SHIFT = 8;
    static final int SPARE = 12;

    final long[] words = new long[PAGES];
    final PageTagger tagger;

    ClaimingPool(Profiler profiler, Quiescence quiescence) {
        this(profiler, quiescence, "pageflags");
    }

    ClaimingPool(Profiler profiler, Quiescence quiescence, String storage) {
        final PageFlagsLayout.Builder layout = PageFlagsLayout.builder()
                .field("low", 0, SHIFT)
                .field("high", SHIFT + SPARE, Long.SIZE - SHIFT - SPARE);
        if (quiescence != null) {
            layout.quiescence(quiescence);
        }
        tagger = profiler.attach(PageSpec.builder("pool", PAGES, Pools.PAGE)
                .flags(FlagWords.of(words), layout.build())
                .storage(storage)
                .build());
    }

    /** Bits from one of the spare ones, counted from 0, to the last. */
    static Field from(int spareBit) {
        return new Field("dirty", SHIFT + spareBit, SPARE - spareBit);
    }

    void stamp(int pfn, AllocTag tag) {
        words[pfn] = tagger.stamp(pfn, 0, words[pfn], tag);
    }

    void unstamp(int pfn) {
        words[pfn] = tagger.unstamp(pfn, 0, words[pfn]);
    }

    boolean anyIn(Field field) {
        return Arrays.stream(words).anyMatch(word -> field.get(word) != 0);
    }

    int codeIn(int pfn) {
        return (int) new Field("tag", SHIFT, SPARE).get(words[pfn]);
    }
}
