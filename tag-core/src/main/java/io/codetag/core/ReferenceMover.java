package io.codetag.core;

import static io.codetag.core.MovingPages.MOVING;
import static io.codetag.spi.TagCodes.ESCAPED;
import static io.codetag.spi.TagCodes.NONE;

import io.codetag.Quiescence;
import io.codetag.spi.PageTagStore;
import java.util.Arrays;

/**
 * Moves some references from the flag words to the overflow store while their owners allocate, free and split.
 *
 * <p>No new reference of this kind is stored meanwhile. A page goes these ways:
 *
 * <pre>
 *   word          overflow slot
 *   code          0
 *   code          MOVING          1. from 0 only
 *   ESCAPED       MOVING          2. by compare-and-set: fails if the owner was faster
 *                                 3. every operation that began before has ended
 *   ESCAPED       code            4. the reference has moved, or
 *   code          MOVING             its owner stored the word as it had read it: again from 2, or
 *   other         0                  its owner has freed it or stored another one: taken back
 * </pre>
 *
 * <p>An owner that meets MOVING finds the code in {@link MovingPages}. Only the mover writes MOVING, so that it never
 * takes back what an owner stored. It finishes each step alone: nobody waits for it.
 */
final class ReferenceMover {
    private static final int MARKED = -1;
    private static final int SETTLED = -2;

    private final PageTagStore main;
    private final PageTagStore overflow;
    private final Quiescence quiescence;
    private final MovingPages pages;

    /** What was found in the slot of a page that is not marked yet; MARKED and SETTLED of the others. */
    private final int[] found;

    private long moved;

    ReferenceMover(PageTagStore main, PageTagStore overflow, Quiescence quiescence, MovingPages pages) {
        this.main = main;
        this.overflow = overflow;
        this.quiescence = quiescence;
        this.pages = pages;
        this.found = new int[pages.count()];
        Arrays.fill(found, NONE);
    }

    /** Begins: marks the slots and escapes the words. */
    void begin() {
        for (int i = 0; i < found.length; i++) {
            mark(i);
        }
    }

    /**
     * Waits for what began before. An interrupt is put off: pages must not be left as they are now.
     *
     * @return whether the thread was interrupted
     */
    boolean await() {
        boolean interrupted = false;
        for (; ; ) {
            try {
                quiescence.quiesced();
                return interrupted;
            } catch (InterruptedException putOff) {
                interrupted = true;
            }
        }
    }

    /** Settles the pages after what began before has ended; returns whether all are. */
    boolean settle() {
        boolean all = true;
        for (int i = 0; i < found.length; i++) {
            all &= found[i] == SETTLED || (found[i] == MARKED ? settled(i) : mark(i));
        }
        return all;
    }

    /** Returns how many references have moved. */
    long moved() {
        return moved;
    }

    /** Marks a slot and escapes its word; returns false, since something may be under way on that page. */
    private boolean mark(int index) {
        final long pfn = pages.pfn(index);
        final int code = pages.code(index);
        if (main.get(pfn) != code) {
            found[index] = SETTLED; // freed, or moved by its owner
            return true;
        }
        final int slot = overflow.get(pfn);
        // A slot that stayed the same while every operation ended, beside a reference in the word, is left over.
        if (slot != found[index] || !overflow.compareAndSet(pfn, slot, MOVING)) {
            found[index] = slot;
            return false;
        }
        found[index] = MARKED;
        main.compareAndSet(pfn, code, ESCAPED);
        return false;
    }

    private boolean settled(int index) {
        final long pfn = pages.pfn(index);
        final int code = pages.code(index);
        final int word = main.get(pfn);
        if (word == code) {
            main.compareAndSet(pfn, code, ESCAPED);
            return false;
        }
        if (word == ESCAPED) {
            moved += overflow.compareAndSet(pfn, MOVING, code) ? 1 : 0;
        } else {
            overflow.compareAndSet(pfn, MOVING, NONE);
        }
        found[index] = SETTLED;
        return true;
    }
}
