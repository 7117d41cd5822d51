package io.codetag.core;

import static io.codetag.core.MovingPages.MOVING;
import static io.codetag.spi.TagCodes.ESCAPED;
import static io.codetag.spi.TagCodes.FIRST_TAG;
import static io.codetag.spi.TagCodes.NONE;

import io.codetag.PageFlagsLayout;
import io.codetag.PageTagger;
import io.codetag.Quiescence;
import io.codetag.spi.CodeVisitor;
import io.codetag.spi.PageSections;
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
 *
 * <p>When the allocator claims bits of its flag word, references that no longer fit move to the overflow store; see
 * {@link ReferenceMover}. Meanwhile a slot may say that its code is among the moving pages, and taking an escaped
 * reference takes the mark too, so that a mark always has a slot.
 */
final class References {
    private final PageTagStore main;
    private final @Nullable PageTagStore overflow;
    private final @Nullable PageSections sections;

    /** The largest code that the main store has room for. */
    private volatile int capacity;

    /** The largest code that is newly stored inline, at most the capacity; larger ones stay valid where they are. */
    private volatile int limit;

    private volatile boolean escaped;

    /** Set while references are moved out of the main store. */
    private volatile @Nullable MovingPages moving;

    References(PageTagStore main, @Nullable PageTagStore overflow) {
        this.main = main;
        this.overflow = overflow;
        this.sections = main.sections();
        this.capacity = main.maxCode();
        this.limit = capacity;
    }

    /** Says where a tagger finds the main store's references. */
    PageTagger.Placement placement(PageFlagsLayout.@Nullable Field fieldInWord) {
        if (fieldInWord != null) {
            return PageTagger.Placement.inWord(fieldInWord);
        }
        return sections == null ? PageTagger.Placement.elsewhere() : PageTagger.Placement.inSlots(sections);
    }

    int limit() {
        return limit;
    }

    void limit(int code) {
        limit = code;
    }

    int capacity() {
        return capacity;
    }

    /** Sets the largest code that the main store has room for, and the limit with it. */
    void capacity(int code) {
        limit = Math.min(limit, code);
        capacity = code;
    }

    /** Says whether a code can be stored at all. */
    boolean canHold(int code) {
        return code <= capacity || (overflow != null && code <= overflow.maxCode());
    }

    boolean hasEscaped() {
        return escaped;
    }

    boolean hasOverflow() {
        return overflow != null;
    }

    int get(long pfn) {
        final int code = main.get(pfn);
        return code == ESCAPED ? getEscaped(pfn) : code;
    }

    /** Stores a reference and returns the one it replaced; the code has to be one that can be held. */
    int exchange(long pfn, int code) {
        if (code == NONE) {
            return take(pfn);
        }
        if (code < FIRST_TAG || code <= limit || (overflow == null && code <= main.maxCode())) {
            if (moving != null) {
                return exchangeBesideMover(pfn, code);
            }
            final int former = main.getAndSet(pfn, code);
            return former == ESCAPED ? exchangeEscaped(pfn, NONE) : former;
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
        return exchangeEscaped(pfn, code);
    }

    /** Returns what the overflow slot of a page holds. */
    int getEscaped(long pfn) {
        if (overflow == null) {
            return NONE;
        }
        int code = overflow.get(pfn);
        while (code == MOVING) {
            final MovingPages pages = moving;
            final int moved = pages == null ? NONE : pages.codeOf(pfn);
            if (moved != NONE) {
                return moved;
            }
            code = overflow.get(pfn); // it has arrived, or was taken back
        }
        return code;
    }

    /** Empties the overflow slot of a page. */
    int takeEscaped(long pfn) {
        return overflow == null ? NONE : exchangeEscaped(pfn, NONE);
    }

    /** Begins a move: from now on who takes an escaped reference takes its mark too. */
    void beginMoving() {
        moving = new MovingPages(0);
    }

    void endMoving() {
        moving = null;
    }

    /** Collects pages whose inline codes are above the capacity; none once all have gone. */
    MovingPages collectAbove(long fromPfn, long toPfn, int most) {
        final MovingPages pages = new MovingPages(most);
        final int above = Math.max(capacity, FIRST_TAG - 1);
        main.scan(fromPfn, toPfn, (pfn, code) -> code <= above || pages.add(pfn, code) ? pfn + 1 : toPfn);
        return pages;
    }

    /** Publishes pages that are about to be moved. */
    ReferenceMover moverOf(MovingPages pages, Quiescence quiescence) {
        escaped = true;
        moving = pages;
        return new ReferenceMover(main, ofOverflow(), quiescence, pages);
    }

    /** Changes the bits of the main store; says whether it can. */
    boolean resize(PageFlagsLayout.Field field) {
        return main.resize(field);
    }

    /** Visits every page with a tag; for callers that need no exact answer while others record. */
    void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        main.scan(fromPfn, toPfn, (pfn, code) -> {
            final int reference = code == ESCAPED ? getEscaped(pfn) : code;
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
        final int taken = exchangeEscaped(pfn, NONE);
        if (taken != NONE && moving != null) {
            main.compareAndSet(pfn, ESCAPED, NONE);
        }
        return taken;
    }

    /** Empties the slot before the mark goes: a mover takes back what it finds in a slot without a mark. */
    private int exchangeBesideMover(long pfn, int code) {
        for (; ; ) {
            final int former = main.get(pfn);
            if (former == ESCAPED) {
                final int taken = exchangeEscaped(pfn, NONE);
                final int again = main.getAndSet(pfn, code);
                return again == ESCAPED ? taken : again;
            }
            if (main.compareAndSet(pfn, former, code)) {
                return former;
            }
        }
    }

    private int exchangeEscaped(long pfn, int code) {
        final PageTagStore store = ofOverflow();
        if (moving == null) {
            return store.getAndSet(pfn, code);
        }
        for (; ; ) {
            final int former = store.get(pfn);
            final MovingPages pages = moving;
            final int meant = former != MOVING ? former : pages == null ? NONE : pages.codeOf(pfn);
            if ((former != MOVING || meant != NONE) && store.compareAndSet(pfn, former, code)) {
                return meant;
            }
        }
    }

    private PageTagStore ofOverflow() {
        final PageTagStore store = overflow;
        if (store == null) {
            throw new IllegalStateException("an escaped reference without an overflow store");
        }
        return store;
    }
}
