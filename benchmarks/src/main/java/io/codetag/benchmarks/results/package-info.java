/** What was measured: rows, files of them, and the machine they come from. */
@NullMarked
package io.codetag.benchmarks.results;

import org.jspecify.annotations.NullMarked;
