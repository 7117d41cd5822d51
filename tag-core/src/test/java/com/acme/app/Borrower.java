package com.acme.app;

import com.acme.pool.PagePool;
import io.codetag.AllocTag;

/** Allocates by tags that others declared. */
public final class Borrower {
    private int line;

    public int line() {
        return line;
    }

    public void allocate(PagePool pool, AllocTag tag) {
        line = Line.here() + 1;
        pool.allocate(tag);
    }

    public void allocateCurrent(PagePool pool) {
        line = Line.here() + 1;
        pool.allocate();
    }

    public void free(PagePool pool, long pfn) {
        line = Line.here() + 1;
        pool.free(pfn);
    }
}
