package io.codetag.moduletests.programs;

/** Takes the heap, to the last word if need be, until it is given back. */
final class Memory {
    private static Object[] chain;

    private Memory() {}

    /** Takes what is left. */
    static void fill() {
        for (int size = 1 << 16; size > 0; size >>= 1) {
            while (take(size)) {
                Thread.onSpinWait();
            }
        }
    }

    static void release() {
        chain = null;
    }

    private static boolean take(int size) {
        try {
            final Object[] link = new Object[size];
            link[0] = chain;
            chain = link;
            return true;
        } catch (OutOfMemoryError full) {
            return false;
        }
    }
}
