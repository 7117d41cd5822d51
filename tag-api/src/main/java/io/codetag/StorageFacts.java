package io.codetag;

import org.jspecify.annotations.Nullable;

/**
 * Where the references of an allocator's pages are kept, and why.
 *
 * @param allocator the allocator's name
 * @param store the name of the main store; {@code none} when these pages are not profiled
 * @param bits the bits of the flag word that tags take; 0 for a store elsewhere
 * @param unusedBits the longest run of bits of the flag word that the allocator does not use; 0 without flag words
 * @param addressableTags how many tags the main store can name
 * @param neededTags how many tags the choice was made for
 * @param policy what happens when a tag does not fit
 * @param overflowStore the name of the overflow store; null if there is none
 * @param limit the largest code that goes to the main store at this moment; 0 when none does
 * @param escaped whether references have gone to the overflow store
 * @param disabledReason why these pages are not profiled any more; null while they are
 * @param bytesOccupied bytes that the stores hold at this moment
 * @param reason why this store was chosen, and what would change the choice
 * @since 0.1
 */
public record StorageFacts(
        String allocator,
        String store,
        int bits,
        int unusedBits,
        int addressableTags,
        int neededTags,
        OverflowPolicy policy,
        @Nullable String overflowStore,
        int limit,
        boolean escaped,
        @Nullable String disabledReason,
        long bytesOccupied,
        String reason) {}
