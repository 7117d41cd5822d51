package io.codetag.core;

import static io.codetag.spi.TagCodes.ESCAPED;
import static io.codetag.spi.TagCodes.FIRST_TAG;
import static io.codetag.spi.TagCodes.NONE;

import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageTagStore;
import org.jspecify.annotations.Nullable;

/**
 * A main store and an overflow store as one.
 *
 * <pre>
 *   main code    overflow code    the page's reference
 *   0, 1         any              none, empty
 *   3 …          any              that tag
 *   2 (escaped)  0                none
 *   2 (escaped)  3 …              that tag
 * </pre>
 *
 * Taking an escaped reference empties the overflow slot and leaves the mark: whoever empties the slot credits, so one
 * atomic operation decides between two racing frees. The mark goes when the page is next stored inline or cleared.
 */
final class References {
    private final PageTagStore main;
    private final @Nullable PageTagStore overflow;
    private final int maxCode;

    /** The largest code that is stored inline; narrower ones stay valid where they are. */
    private volatile int limit;

    private volatile boolean escaped;

    References(PageTagStore main, @Nullable PageTagStore overflow) {
        this.main = main;
        this.overflow = overflow;
        this.maxCode = main.maxCode();
        this.limit = maxCode;
    }

    int limit() {
        return limit;
    }

    void limit(int code) {
        limit = code;
    }

    int maxCode() {
        return maxCode;
    }

    /** Says whether a code can be stored at all. */
    boolean canHold(int code) {
        return code <= maxCode || (overflow != null && code <= overflow.maxCode());
    }

    boolean hasEscaped() {
        return escaped;
    }

    boolean hasOverflow() {
        return overflow != null;
    }

    int get(long pfn) {
        final int code = main.get(pfn);
        return code == ESCAPED ? ofOverflow().get(pfn) : code;
    }

    /** Stores a reference and returns the one it replaced; the code has to be one that can be held. */
    int exchange(long pfn, int code) {
        if (code == NONE) {
            return take(pfn);
        }
        if (code < FIRST_TAG || code <= limit || (overflow == null && code <= maxCode)) {
            final int former = main.getAndSet(pfn, code);
            return former == ESCAPED ? ofOverflow().getAndSet(pfn, NONE) : former;
        }
        final int slot = storeEscaped(pfn, code);
        final int former = main.getAndSet(pfn, ESCAPED);
        return former == ESCAPED ? slot : former;
    }

    /** Stores a reference in the overflow store and returns what was in the slot. */
    int storeEscaped(long pfn, int code) {
        if (!escaped) {
            escaped = true;
        }
        return ofOverflow().getAndSet(pfn, code);
    }

    /** Returns what the overflow slot of a page holds. */
    int getEscaped(long pfn) {
        return overflow == null ? NONE : overflow.get(pfn);
    }

    /** Empties the overflow slot of a page. */
    int takeEscaped(long pfn) {
        return overflow == null ? NONE : overflow.getAndSet(pfn, NONE);
    }

    /** Visits every page with a tag; for callers that need no exact answer while others record. */
    void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        main.scan(fromPfn, toPfn, (pfn, code) -> {
            final int reference = code == ESCAPED ? ofOverflow().get(pfn) : code;
            return reference < FIRST_TAG ? pfn + 1 : visitor.visit(pfn, reference);
        });
    }

    void named(int code, io.codetag.CodeTag place) {
        main.named(code, place);
        if (overflow != null) {
            overflow.named(code, place);
        }
    }

    void grow(long pageCount) {
        main.grow(pageCount);
        if (overflow != null) {
            overflow.grow(pageCount);
        }
    }

    long bytesOccupied() {
        return main.bytesOccupied() + (overflow == null ? 0 : overflow.bytesOccupied());
    }

    /** Leaves no reference in the main store, and closes both, also when one of them fails. */
    @SuppressWarnings("try") // the overflow store is there to be closed
    void clearAndClose(long pageCount) {
        try (PageTagStore first = main;
                PageTagStore second = overflow) {
            first.clear(0, pageCount);
        }
    }

    private int take(long pfn) {
        int former = main.get(pfn);
        while (former != ESCAPED) {
            if (former == NONE || main.compareAndSet(pfn, former, NONE)) {
                return former;
            }
            former = main.get(pfn);
        }
        return ofOverflow().getAndSet(pfn, NONE);
    }

    private PageTagStore ofOverflow() {
        final PageTagStore store = overflow;
        if (store == null) {
            throw new IllegalStateException("an escaped reference without an overflow store");
        }
        return store;
    }
}
