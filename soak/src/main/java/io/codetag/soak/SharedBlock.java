package io.codetag.soak;

import io.codetag.allocator.PageField;
import org.jspecify.annotations.Nullable;

/** A block of an allocator that others use too, as its owner knows it. */
final class SharedBlock {
    final @Nullable TagModel tag;
    long pfn;
    int order;

    /** The field in which the owner wrote a value last. */
    @Nullable
    PageField field;

    long value;

    /** Makes a block; without a tag if it was not recorded. */
    SharedBlock(long pfn, int order, @Nullable TagModel tag) {
        this.pfn = pfn;
        this.order = order;
        this.tag = tag;
    }
}
