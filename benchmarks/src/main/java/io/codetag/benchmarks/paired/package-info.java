/**
 * The paired harness: the same program loaded once per variant, and the variants timed in turn.
 *
 * <p>Two JVMs that run the same code differ by more than what is to be measured here, since what the JIT inlines differs.
 * So one JVM loads the allocator and its profiler once for each variant, through a class loader of its own: each has its
 * own static finals and its own compiled code. Then the variants are timed in turn, in a new random order in each round,
 * for a fraction of a millisecond each, and each time is divided by that of the first variant in the same round. What
 * disturbs the machine for longer than a round disturbs all of them alike. The first variant, an allocator without any
 * call that records, is loaded twice: what the second copy differs by is what cannot be told from nothing.
 */
@NullMarked
package io.codetag.benchmarks.paired;

import org.jspecify.annotations.NullMarked;
