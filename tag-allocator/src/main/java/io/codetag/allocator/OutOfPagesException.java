package io.codetag.allocator;

/**
 * An allocator has no free block of the order that was asked for, or the JVM has no memory to put behind it.
 *
 * @since 0.1
 */
public final class OutOfPagesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was asked for. */
    private final int order;

    OutOfPagesException(int order, String message) {
        super(message);
        this.order = order;
    }

    /**
     * Returns what was asked for.
     *
     * @return log2 of the pages
     */
    public int order() {
        return order;
    }
}
