package io.codetag;

import java.util.Objects;

/**
 * What became of an allocator's claim to bits of its flag word.
 *
 * @param field the bits that were claimed
 * @param granted whether they are the allocator's now: no word has a tag's code in them, and none will
 * @param moved how many references went to the overflow store for it
 * @param reason why it was refused and what would help, or what was given up
 * @see PageTagger#claimBits
 * @since 0.1
 */
public record BitClaim(PageFlagsLayout.Field field, boolean granted, long moved, String reason) {
    /**
     * Checks that all is there.
     *
     * @param field the bits
     * @param granted whether they are the allocator's now
     * @param moved how many references moved
     * @param reason why
     */
    public BitClaim {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(reason, "reason");
    }
}
