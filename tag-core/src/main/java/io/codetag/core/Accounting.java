package io.codetag.core;

/** How live memory is counted, as {@code codetag.accounting} says. */
enum Accounting {
    /** Blocks are counted as they come and go. */
    COUNTERS,

    /** Nothing is counted on the way; a read looks at every page's reference. */
    CENSUS
}
