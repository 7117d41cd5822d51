/** Programs that measure in a JVM of their own what neither harness can. */
@NullMarked
package io.codetag.benchmarks.programs;

import org.jspecify.annotations.NullMarked;
