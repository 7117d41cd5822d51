package io.codetag.core;

import io.codetag.BlockOrders;

/** Asks an allocator for its blocks, so that a failure of its code is told from one of a store. */
record OrderLookUp(BlockOrders orders) {
    int at(long pfn) {
        try {
            return orders.orderAt(pfn);
        } catch (RuntimeException | Error thrown) {
            throw new Failed(thrown);
        }
    }

    /** The allocator's own code threw. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(Throwable cause) {
            super("the allocator could not tell the order of a block: " + Failures.describe(cause), cause);
        }
    }
}
