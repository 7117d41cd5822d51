package io.codetag.allocator;

import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.Quiescence;
import java.util.List;

/**
 * What the bits of a flag word mean.
 *
 * <pre>
 *   63                                          5 4      1       0
 *   +--------------------------------------------+--------+-----------+
 *   |            not the allocator's             | order  | allocated |
 *   +--------------------------------------------+--------+-----------+
 * </pre>
 *
 * {@code allocated} is set in the first page of a block that has been handed out, and {@code order} then says how large
 * it is. In every other page (free, or further inside a block) both are 0. The bits above belong to whoever else finds
 * room there, such as tags: they pass through every change.
 */
final class PageWord {
    static final int ALLOCATED_SHIFT = 0;
    static final int ALLOCATED_BITS = 1;
    static final int ORDER_SHIFT = ALLOCATED_SHIFT + ALLOCATED_BITS;
    static final int ORDER_BITS = 4;

    /** The largest order of a block. */
    static final int MAX_ORDER = 10;

    private static final long ALLOCATED = 1L << ALLOCATED_SHIFT;
    private static final long ORDER_MASK = (1L << ORDER_BITS) - 1;
    private static final long OWN = ALLOCATED | (ORDER_MASK << ORDER_SHIFT);

    private PageWord() {}

    /** Returns the layout for whoever stores something in the rest of the word. */
    static PageFlagsLayout layout(Quiescence quiescence) {
        return PageFlagsLayout.builder()
                .field("allocated", ALLOCATED_SHIFT, ALLOCATED_BITS)
                .field("order", ORDER_SHIFT, ORDER_BITS)
                .quiescence(quiescence)
                .build();
    }

    /** Returns the highest neighbouring bits that neither this class nor a claim uses. */
    static Field highestFree(String name, int bits, List<Field> claimed) {
        long used = OWN;
        for (Field field : claimed) {
            used |= field.mask();
        }
        for (int shift = Long.SIZE - Math.max(1, bits); shift >= 0; shift--) {
            final Field field = new Field(name, shift, bits);
            if ((field.mask() & used) == 0) {
                return field;
            }
        }
        throw new IllegalArgumentException(
                "the flag word has no " + bits + " neighbouring bits left for '" + name + "'");
    }

    /** Returns the word of the first page of an allocated block. */
    static long allocated(long word, int order) {
        return freed(word) | ALLOCATED | ((long) order << ORDER_SHIFT);
    }

    /** Returns the word of a page that is no longer the first of an allocated block. */
    static long freed(long word) {
        return word & ~OWN;
    }

    /** Returns the order of the allocated block that begins here; -1 if none does. */
    static int order(long word) {
        return (word & ALLOCATED) == 0 ? -1 : (int) ((word >>> ORDER_SHIFT) & ORDER_MASK);
    }
}
