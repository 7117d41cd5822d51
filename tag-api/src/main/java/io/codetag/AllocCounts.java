package io.codetag;

/**
 * The live memory of one tag at the moment of reading.
 *
 * @param bytes live bytes: pages and charged memory
 * @param calls live calls: blocks, or charges, not yet freed
 * @since 0.1
 */
public record AllocCounts(long bytes, long calls) {
    /** Nothing live. */
    public static final AllocCounts ZERO = new AllocCounts(0, 0);

    /**
     * Adds two counts.
     *
     * @param other the other counts
     * @return the sums
     */
    public AllocCounts plus(AllocCounts other) {
        return new AllocCounts(bytes + other.bytes, calls + other.calls);
    }

    /**
     * Takes counts off.
     *
     * @param other what to take off
     * @return the differences
     */
    public AllocCounts minus(AllocCounts other) {
        return new AllocCounts(bytes - other.bytes, calls - other.calls);
    }
}
