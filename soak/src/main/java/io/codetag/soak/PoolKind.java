package io.codetag.soak;

import io.codetag.OverflowPolicy;

/**
 * Where the references of an allocator are kept, and in which form it records.
 *
 * @param storage the backend
 * @param bits the bits of the flag word that are unused; 0 for an allocator without flag words
 * @param policy what happens when a tag does not fit
 * @param fused whether the allocator writes its flag words itself
 */
public record PoolKind(String storage, int bits, OverflowPolicy policy, boolean fused) {}
