/** Tests of the live table. */
@NullMarked
package io.codetag.tools.top;

import org.jspecify.annotations.NullMarked;
