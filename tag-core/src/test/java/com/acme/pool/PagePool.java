package com.acme.pool;

import io.codetag.AllocTag;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import java.util.function.Function;

/** An allocator of another project, in a package of its own. */
public final class PagePool {
    private final PageTagger tagger;
    private long next;

    public PagePool(Function<PageSpec, PageTagger> attach) {
        tagger = attach.apply(PageSpec.builder("acme pool", 1 << 10, 4096).build());
    }

    public long allocate(AllocTag tag) {
        return Inside.take(this, tag);
    }

    public long allocate() {
        tagger.add(next, 0);
        return next++;
    }

    public void free(long pfn) {
        tagger.sub(pfn, 0);
    }

    public PageTagger tagger() {
        return tagger;
    }

    /** More frames of the allocator. */
    private static final class Inside {
        private static long take(PagePool pool, AllocTag tag) {
            pool.tagger.add(pool.next, 0, tag);
            return pool.next++;
        }
    }
}
