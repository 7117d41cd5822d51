package io.codetag.spi;

import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a store is asked to hold.
 *
 * @param allocator the name of the allocator, for messages and files
 * @param pageCount the number of pages, at least 1; it may grow later
 * @param pageSize bytes of one page, a power of two
 * @param neededCode the largest code expected soon; a store with a smaller {@code maxCode} may still be chosen by name
 * @param flags access to the allocator's flag words; null if it has none
 * @param layout the layout of a flag word; null if there is none
 * @param maxBits the most bits of the flag word that tags may take
 * @since 0.1
 */
public record StoreRequest(
        String allocator,
        long pageCount,
        int pageSize,
        int neededCode,
        @Nullable FlagWords flags,
        @Nullable PageFlagsLayout layout,
        int maxBits) {
    /**
     * Checks the ranges.
     *
     * @param allocator the name of the allocator
     * @param pageCount the number of pages
     * @param pageSize bytes of one page
     * @param neededCode the largest code expected soon
     * @param flags access to the flag words
     * @param layout the layout of a flag word
     * @param maxBits the budget
     */
    public StoreRequest {
        Objects.requireNonNull(allocator, "allocator");
        if (pageCount < 1) {
            throw new IllegalArgumentException("pageCount is " + pageCount + ", it has to be at least 1");
        }
        if (Integer.bitCount(pageSize) != 1 || pageSize < 1) {
            throw new IllegalArgumentException("pageSize is " + pageSize + ", it has to be a power of two");
        }
    }
}
