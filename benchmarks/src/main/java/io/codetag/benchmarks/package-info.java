/** The commands that measure: one for each table. */
@NullMarked
package io.codetag.benchmarks;

import org.jspecify.annotations.NullMarked;
