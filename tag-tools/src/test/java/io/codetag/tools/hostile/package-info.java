/** Names and documents that nobody would write on purpose, for the tests of writers and readers. */
@NullMarked
package io.codetag.tools.hostile;

import org.jspecify.annotations.NullMarked;
