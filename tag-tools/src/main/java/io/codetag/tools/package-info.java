/** The command {@code allocinfo}: reads, compares, watches, draws and converts reports; serves a live page. */
@NullMarked
package io.codetag.tools;

import org.jspecify.annotations.NullMarked;
