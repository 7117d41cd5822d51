/** Races inside the profiler. */
@NullMarked
package io.codetag.core;

import org.jspecify.annotations.NullMarked;
