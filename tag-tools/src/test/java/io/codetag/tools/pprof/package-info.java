/** Tests of the profile format, read back by a parser of others. */
@NullMarked
package io.codetag.tools.pprof;

import org.jspecify.annotations.NullMarked;
