package io.codetag.benchmarks.inside;

import io.codetag.FlagWords;
import io.codetag.PageSpec;
import java.util.Objects;

/** The flag words of the allocator that is being attached, for those who change them past it: as classes of the allocator's package, hence public. */
public final class AttachedWords {
    private static PageSpec attached = PageSpec.builder("none", 1, 1).build();

    private AttachedWords() {}

    static void attach(PageSpec spec) {
        attached = spec;
    }

    /** Returns the words. */
    public static FlagWords words() {
        return Objects.requireNonNull(attached.flags());
    }

    /** Returns the bits that are not the allocator's. */
    public static long spareBits() {
        return Objects.requireNonNull(attached.layout()).unusedMask();
    }
}
