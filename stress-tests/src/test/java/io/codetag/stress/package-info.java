/** Races in the stores, and what runs the races of all packages. */
@NullMarked
package io.codetag.stress;

import org.jspecify.annotations.NullMarked;
