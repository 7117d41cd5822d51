/** Writes the tables, the targets and the plots of {@code docs/performance.md} from result files. */
@NullMarked
package io.codetag.benchmarks.report;

import org.jspecify.annotations.NullMarked;
