package io.codetag.benchmarks.inside;

import io.codetag.AllocTag;
import io.codetag.AllocTags;

/** The two tags that all works use in turn. */
final class Tags {
    static final AllocTag FIRST = AllocTags.here();
    static final AllocTag SECOND = AllocTags.here();

    private Tags() {}
}
