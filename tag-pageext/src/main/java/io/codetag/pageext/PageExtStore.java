package io.codetag.pageext;

import static io.codetag.spi.PageSections.SECTION_PAGES;
import static io.codetag.spi.PageSections.page;

import io.codetag.spi.CodeVisitor;
import io.codetag.spi.HeapSizes;
import io.codetag.spi.PageSections;
import io.codetag.spi.PageTagStore;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a page's code in a 2-byte slot, or in a 4-byte twin if it does not fit.
 *
 * <p>Reading is wait-free. Writing is lock-free but for two rare steps that take a lock: creating a section, and moving
 * a page to the twin.
 */
final class PageExtStore implements PageTagStore {
    /** The largest code: any that is not below 0. */
    static final int MAX_CODE = Integer.MAX_VALUE;

    /*
     * One page. Its slot either holds its code, or the mark, which says that the twin holds it:
     *
     *   slot 0 … 65 535, but not 2                  slot 2, the mark
     *   +---------------------------+  move         +-----------------------------+
     *   | the slot is the authority | ------------> | the twin is the authority   |
     *   | twin: nobody reads it     |               | any code, also 0, 2 and     |
     *   +---------------------------+               | those that would fit a slot |
     *     |                       ^                 +-----------------------------+
     *     +-- CAS of the slot, ---+                    |                       ^
     *         never over the mark                      +-- atomic write or CAS +
     *                                                      of the twin
     *
     * "move", for a code that does not fit a slot, under the monitor of the section's slots:
     *   1. return if the slot is not what the caller expects
     *   2. write the code to the twin: the slot is not the mark, so nobody reads it, and the monitor keeps others out
     *   3. CAS the slot from what was expected to the mark: from here on the code is the page's code.
     *      If it fails the slot was changed by another thread, to no mark; the caller begins anew.
     *
     * There is no way back, not even by clear, which writes 0 to the twin. So whoever has once seen the mark may work on
     * the twin for as long as it likes, and each operation takes effect at one instant: its last read or CAS of the
     * slot if that is not the mark, its one access of the twin if it is.
     *
     * The twin is published before the mark: whoever acquires the mark finds it.
     *
     * In a fused operation the page's owner writes the slot itself, plainly, if it holds neither the mark nor is to hold
     * it. That is no step of another thread's: nobody else changes the slot of a page that has an owner.
     */
    private static final int MARK = 2;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(char[].class);
    private static final VarHandle TWIN = MethodHandles.arrayElementVarHandle(int[].class);

    private final PageSections sections = new PageSections();

    PageExtStore(long pageCount) {
        grow(pageCount);
    }

    @Override
    public int maxCode() {
        return MAX_CODE;
    }

    @Override
    public long bytesOccupied() {
        return HeapSizes.object(HeapSizes.referenceBytes()) + sections.bytesOccupied();
    }

    /** A slot that is not the mark is the authority, and the owner of the page is the only one who changes it. */
    @Override
    public PageSections sections() {
        return sections;
    }

    @Override
    public int get(long pfn) {
        final char @Nullable [] slots = sections.slots(pfn);
        return slots == null ? 0 : code(slots, pfn);
    }

    @Override
    public void set(long pfn, int code) {
        getAndSet(pfn, code);
    }

    @Override
    public boolean compareAndSet(long pfn, int expected, int code) {
        char @Nullable [] slots = sections.slots(pfn);
        if (slots == null) {
            if (expected != 0 || code == 0) {
                return expected == 0;
            }
            slots = sections.createSlots(pfn);
        }
        for (; ; ) {
            final int current = slotAcquire(slots, pfn);
            if (current == MARK) {
                return TWIN.compareAndSet(twin(pfn), page(pfn), expected, code);
            }
            if (current != expected) {
                return false;
            }
            if (replace(slots, pfn, current, code)) {
                return true;
            }
        }
    }

    @Override
    public int getAndSet(long pfn, int code) {
        char @Nullable [] slots = sections.slots(pfn);
        if (slots == null) {
            if (code == 0) {
                return 0;
            }
            slots = sections.createSlots(pfn);
        }
        for (; ; ) {
            final int current = slotAcquire(slots, pfn);
            if (current == MARK) {
                return (int) TWIN.getAndSet(twin(pfn), page(pfn), code);
            }
            if (replace(slots, pfn, current, code)) {
                return current;
            }
        }
    }

    @Override
    public void clear(long fromPfn, long toPfn) {
        scan(fromPfn, toPfn, (pfn, code) -> {
            getAndSet(pfn, 0);
            return pfn + 1;
        });
    }

    @Override
    public void scan(long fromPfn, long toPfn, CodeVisitor visitor) {
        for (long pfn = fromPfn; pfn < toPfn; ) {
            final char @Nullable [] slots = sections.slots(pfn);
            if (slots == null) {
                pfn = sections.afterMissing(pfn);
            } else {
                pfn = scanSection(slots, pfn, Math.min(toPfn, endOfSection(pfn)), visitor);
            }
        }
    }

    @Override
    public void grow(long pageCount) {
        if (pageCount > PageSections.MAX_PAGES) {
            throw new IllegalArgumentException(PageSections.tooManyPages(pageCount));
        }
    }

    private long scanSection(char[] slots, long fromPfn, long toPfn, CodeVisitor visitor) {
        long pfn = fromPfn;
        while (pfn < toPfn) {
            final int code = code(slots, pfn);
            pfn = code == 0 ? pfn + 1 : Math.max(pfn + 1, visitor.visit(pfn, code));
        }
        return pfn;
    }

    private int code(char[] slots, long pfn) {
        final int current = slotAcquire(slots, pfn);
        return current == MARK ? (int) TWIN.getAcquire(twin(pfn), page(pfn)) : current;
    }

    /** Replaces a code that is in the slot; false if the slot does not hold it any more. */
    private boolean replace(char[] slots, long pfn, int current, int code) {
        return (code <= Character.MAX_VALUE && code != MARK)
                ? casSlot(slots, pfn, current, code)
                : moveToTwin(slots, pfn, current, code);
    }

    private boolean moveToTwin(char[] slots, long pfn, int current, int code) {
        final int @Nullable [] existing = sections.twin(pfn);
        final int[] twin = existing == null ? sections.createTwin(pfn) : existing;
        synchronized (slots) {
            if (slotAcquire(slots, pfn) != current) {
                return false;
            }
            TWIN.setRelease(twin, page(pfn), code);
            return casSlot(slots, pfn, current, MARK);
        }
    }

    private int[] twin(long pfn) {
        final int @Nullable [] twin = sections.twin(pfn);
        if (twin == null) {
            throw new IllegalStateException("page " + pfn + " has a mark and its section no twin");
        }
        return twin;
    }

    private static int slotAcquire(char[] slots, long pfn) {
        return (char) SLOT.getAcquire(slots, page(pfn));
    }

    private static boolean casSlot(char[] slots, long pfn, int current, int code) {
        return SLOT.compareAndSet(slots, page(pfn), (char) current, (char) code);
    }

    private static long endOfSection(long pfn) {
        return (pfn | (SECTION_PAGES - 1)) + 1;
    }
}
