/** Which tags of a series look like leaks, and why. */
@NullMarked
package io.codetag.tools.leaks;

import org.jspecify.annotations.NullMarked;
