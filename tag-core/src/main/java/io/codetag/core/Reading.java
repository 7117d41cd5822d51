package io.codetag.core;

import io.codetag.AllocCounts;

/**
 * What a ledger says, as two sides: what was taken, and what was given back. May be asked several times.
 *
 * <p>A reader takes off what was given back, of all ledgers it sums, before it adds what was taken of any: then it never
 * sees less than what is live, and a zero is a true zero. Where nothing is counted on the way, all that is live was
 * taken and nothing was given back.
 */
interface Reading {
    /** Takes off what was given back, by code. */
    void subtractGiven(long[] bytes, long[] calls);

    /** Adds what was taken, by code. */
    void addTaken(long[] bytes, long[] calls);

    /** Returns what was given back of one tag. */
    AllocCounts given(int code);

    /** Returns what was taken of one tag. */
    AllocCounts taken(int code);
}
