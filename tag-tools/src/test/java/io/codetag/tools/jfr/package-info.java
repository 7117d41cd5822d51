/** Tests of reading recordings that real JVMs wrote, and of one that was killed. */
@NullMarked
package io.codetag.tools.jfr;

import org.jspecify.annotations.NullMarked;
