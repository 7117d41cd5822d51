package io.codetag;

/**
 * What happens when a tag id does not fit the store of an allocator's pages.
 *
 * @since 0.1
 */
public enum OverflowPolicy {
    /** From now on every new reference goes to the overflow store; those already stored stay valid until freed. */
    SWITCH,
    /** Only references that do not fit go to the overflow store. */
    SPILL,
    /** No new references for these pages; frees of recorded blocks are still credited. Latched, as in Linux. */
    DISABLE
}
