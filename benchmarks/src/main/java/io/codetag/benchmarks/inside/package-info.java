/** What each variant has a copy of: its tags, its allocator, and what is done with it. */
@NullMarked
package io.codetag.benchmarks.inside;

import org.jspecify.annotations.NullMarked;
