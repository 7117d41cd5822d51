package io.codetag.spi;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many bytes objects and arrays take on the heap of this JVM, so that stores can say exactly what they occupy.
 *
 * <p>Read from the JVM's own flags; without the module {@code jdk.management} those of a default HotSpot are taken.
 *
 * @since 0.1
 */
public final class HeapSizes {
    private static final long MAX_COMPRESSED_HEAP = 32L << 30;

    private static final int REFERENCE = readReferenceBytes();
    private static final int HEADER = readHeaderBytes();
    private static final int ALIGNMENT = Integer.parseInt(flag("ObjectAlignmentInBytes", "8"));

    /** Before 23 the elements of every array began at a multiple of 8 bytes. */
    private static final boolean ELEMENTS_ALIGNED = Runtime.version().feature() < 23;

    private HeapSizes() {}

    /**
     * Returns the size of a reference.
     *
     * @return 4 or 8 bytes
     */
    public static int referenceBytes() {
        return REFERENCE;
    }

    /**
     * Returns the size of an array of primitives.
     *
     * @param length elements
     * @param elementBytes bytes of one
     * @return bytes, with header and padding
     */
    public static long array(long length, int elementBytes) {
        final int lengthEnd = HEADER + Integer.BYTES;
        final int base = elementBytes == Long.BYTES || ELEMENTS_ALIGNED ? (lengthEnd + 7) & -8 : lengthEnd;
        return align(base + length * elementBytes);
    }

    /**
     * Returns the size of an array of references, without what they refer to.
     *
     * @param length elements
     * @return bytes, with header and padding
     */
    public static long references(long length) {
        return array(length, REFERENCE);
    }

    /**
     * Returns the size of an object.
     *
     * @param fieldBytes the sum of the sizes of its fields
     * @return bytes, with header and padding at the end
     */
    public static long object(int fieldBytes) {
        return align(HEADER + (long) fieldBytes);
    }

    private static long align(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static int readReferenceBytes() {
        final String byHeap = Boolean.toString(Runtime.getRuntime().maxMemory() < MAX_COMPRESSED_HEAP);
        return Boolean.parseBoolean(flag("UseCompressedOops", byHeap)) ? 4 : 8;
    }

    private static int readHeaderBytes() {
        if (Boolean.parseBoolean(flag("UseCompactObjectHeaders", "false"))) {
            return 8;
        }
        return Boolean.parseBoolean(flag("UseCompressedClassPointers", "true")) ? 12 : 16;
    }

    private static String flag(String name, String otherwise) {
        try {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption(name)
                    .getValue();
        } catch (IllegalArgumentException | NullPointerException | LinkageError absent) {
            return otherwise; // another JVM, another version, or a run-time image without the module
        }
    }
}
