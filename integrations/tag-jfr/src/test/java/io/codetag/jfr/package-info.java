/** Tests of the events, read back from real recordings. */
@NullMarked
package io.codetag.jfr;

import org.jspecify.annotations.NullMarked;
