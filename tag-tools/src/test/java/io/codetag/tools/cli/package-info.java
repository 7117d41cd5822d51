/** Tests of the command. */
@NullMarked
package io.codetag.tools.cli;

import org.jspecify.annotations.NullMarked;
