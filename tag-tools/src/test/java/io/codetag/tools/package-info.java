/** Tests of what the tools export. */
@NullMarked
package io.codetag.tools;

import org.jspecify.annotations.NullMarked;
