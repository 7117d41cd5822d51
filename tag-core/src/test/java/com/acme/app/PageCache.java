package com.acme.app;

import com.acme.pool.PagePool;
import io.codetag.AllocTag;
import io.codetag.TagScope;
import io.codetag.TagSpace;

/** Declares one tag and uses it in every way there is. */
public final class PageCache {
    private final PagePool pool;
    private final AllocTag tag;
    private int line;

    public PageCache(PagePool pool, TagSpace space) {
        this.pool = pool;
        this.tag = declare(space);
    }

    private static AllocTag declare(TagSpace space) {
        return space.here();
    }

    public AllocTag tag() {
        return tag;
    }

    public PagePool pool() {
        return pool;
    }

    /** Returns the line that allocated last. */
    public int line() {
        return line;
    }

    public void direct() {
        line = Line.here() + 1;
        pool.allocate(tag);
    }

    public void nested() {
        new Reader().read(this);
    }

    public void lambda() {
        final Runnable body = () -> {
            line = Line.here() + 1;
            pool.allocate(tag);
        };
        body.run();
    }

    public void anonymous() {
        new Runnable() {
            @Override
            public void run() {
                line = Line.here() + 1;
                pool.allocate(tag);
            }
        }.run();
    }

    @SuppressWarnings("try") // the scope is there to be closed
    public void scope() {
        line = Line.here() + 1;
        try (TagScope scope = tag.enter()) {
            new Borrower().allocateCurrent(pool);
        }
    }

    public void resolve() {
        line = Line.here() + 1;
        tag.resolve();
    }

    public int charge() {
        line = Line.here() + 1;
        return tag.charge(1);
    }

    /** A member of the nest. */
    static final class Reader {
        void read(PageCache cache) {
            cache.line = Line.here() + 1;
            cache.pool.allocate(cache.tag);
        }
    }
}
