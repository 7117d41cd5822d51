package io.codetag.examples.store;

import io.codetag.spi.HeapSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the block of a section of pages: two levels of arrays that grow with what is touched, not with the number of
 * pages.
 *
 * <p>Reading takes no lock. Sections are added under the owner's lock and never change or go away.
 */
final class SectionDirectory {
    private static final int LEAF_SHIFT = 10;
    private static final int LEAF_SECTIONS = 1 << LEAF_SHIFT;
    private static final int SLICE_FIELD_BYTES = 40; // of a direct ByteBuffer, rounded up

    /** The leaves; copied on write, so that a reader sees each one whole. */
    private volatile @Nullable Leaf[] leaves = new Leaf[0];

    private long leafCount; // guarded by the owner's lock, as is the next one
    private long sectionCount;
    private volatile long heapBytes = HeapSizes.references(0);

    /** Returns the block of a section; null if it was never touched. */
    @Nullable
    ByteBuffer find(long section) {
        final @Nullable Leaf[] root = leaves;
        final long index = section >>> LEAF_SHIFT;
        if (index >= root.length) {
            return null;
        }
        final Leaf leaf = root[(int) index];
        return leaf == null ? null : leaf.sectionAcquire((int) section & (LEAF_SECTIONS - 1));
    }

    /** Returns the first touched section in a range; {@code toSection} if there is none. */
    long next(long fromSection, long toSection) {
        final @Nullable Leaf[] root = leaves;
        long section = fromSection;
        while (section < toSection) {
            final long index = section >>> LEAF_SHIFT;
            if (index >= root.length) {
                return toSection;
            }
            if (root[(int) index] == null) {
                section = (index + 1) << LEAF_SHIFT;
            } else if (find(section) == null) {
                section++;
            } else {
                return section;
            }
        }
        return toSection;
    }

    /** Adds a section that was not there; the caller holds the lock. */
    void add(long section, ByteBuffer block) {
        final int index = Math.toIntExact(section >>> LEAF_SHIFT);
        @Nullable Leaf[] root = leaves;
        Leaf leaf = index < root.length ? root[index] : null;
        if (leaf == null) {
            leaf = new Leaf();
            root = Arrays.copyOf(root, Math.max(root.length, index + 1));
            root[index] = leaf;
            leaves = root;
            leafCount++;
        }
        leaf.sectionRelease((int) section & (LEAF_SECTIONS - 1), block);
        sectionCount++;
        heapBytes = HeapSizes.references(root.length)
                + leafCount * (HeapSizes.object(HeapSizes.referenceBytes()) + HeapSizes.references(LEAF_SECTIONS))
                + sectionCount * HeapSizes.object(SLICE_FIELD_BYTES);
    }

    /** Returns what the arrays and the views of blocks take on the heap. */
    long heapBytes() {
        return heapBytes;
    }

    /** The blocks of 1 024 neighbouring sections. */
    private static final class Leaf {
        private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(ByteBuffer[].class);

        private final @Nullable ByteBuffer[] sections = new ByteBuffer[LEAF_SECTIONS];

        @Nullable
        ByteBuffer sectionAcquire(int index) {
            return (ByteBuffer) ELEMENT.getAcquire(sections, index);
        }

        void sectionRelease(int index, ByteBuffer block) {
            ELEMENT.setRelease(sections, index, block);
        }
    }
}
