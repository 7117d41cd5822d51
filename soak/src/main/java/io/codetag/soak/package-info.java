/**
 * Random programs over everything a profiler does, compared with a plain model at every quiet point: what each tag has
 * live is the sum of its recorded blocks and charges, and nothing else.
 */
@NullMarked
package io.codetag.soak;

import org.jspecify.annotations.NullMarked;
