/** A program outside of the starter's own package, so that it can be on the class path while the starter is a module. */
@NullMarked
package io.codetag.springmodules;

import org.jspecify.annotations.NullMarked;
