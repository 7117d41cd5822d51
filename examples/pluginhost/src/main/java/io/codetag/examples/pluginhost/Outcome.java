package io.codetag.examples.pluginhost;

import io.codetag.OverflowPolicy;

/**
 * How the account stood after the spare bits had been used up.
 *
 * @param policy the overflow policy
 * @param allocatedBytes what the allocator had handed out
 * @param recordedBytes what of it has a tag
 * @param untrackedBytes what of it has none
 * @param overflowStoreBytes the memory of the overflow store
 * @param newReferences where a new reference goes
 */
record Outcome(
        OverflowPolicy policy,
        long allocatedBytes,
        long recordedBytes,
        long untrackedBytes,
        long overflowStoreBytes,
        String newReferences) {}
