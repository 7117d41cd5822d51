/** The live table: {@code allocinfo top}. */
@NullMarked
package io.codetag.tools.top;

import org.jspecify.annotations.NullMarked;
