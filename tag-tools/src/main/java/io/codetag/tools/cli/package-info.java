/** The subcommands of {@code allocinfo}: options, tables, exit status. */
@NullMarked
package io.codetag.tools.cli;

import org.jspecify.annotations.NullMarked;
