/** Seeded programs, and a short soak. */
@NullMarked
package io.codetag.soak;

import org.jspecify.annotations.NullMarked;
