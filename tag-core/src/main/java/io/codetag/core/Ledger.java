package io.codetag.core;

import io.codetag.spi.TagStripes;

/** A way of accounting: what is live of each tag. One ledger for each allocator's pages, one for what is charged. */
interface Ledger {
    /** Returns where recording threads count. */
    TagStripes stripes();

    /** Reads once what may then be asked several times. */
    Reading read();

    /** Returns the memory of the ledger itself, in bytes. */
    long bytesOccupied();
}
