/** Tests of the search for leaks. */
@NullMarked
package io.codetag.tools.leaks;

import org.jspecify.annotations.NullMarked;
