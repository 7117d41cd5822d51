package io.codetag.core;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import java.util.Arrays;

/** Descriptions of pages for tests. */
final class Pools {
    static final int PAGE = 4096;

    private Pools() {}

    /** An allocator with flag words, all of whose bits but {@code spare} in the middle are its own. */
    static PageSpec.Builder flags(String name, int pages, int spare) {
        return flags(name, new long[pages], spare);
    }

    static PageSpec.Builder flags(String name, long[] words, int spare) {
        return PageSpec.builder(name, words.length, PAGE).flags(FlagWords.of(words), layout(spare));
    }

    static PageFlagsLayout layout(int spare) {
        return PageFlagsLayout.builder()
                .field("low", 0, 8)
                .field("high", 8 + spare, 56 - spare)
                .build();
    }

    static PageSpec.Builder plain(String name, long pages) {
        return PageSpec.builder(name, pages, PAGE);
    }

    static boolean allZero(long[] words) {
        return Arrays.stream(words).allMatch(word -> word == 0);
    }
}
