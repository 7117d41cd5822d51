/** Where reports come from: files, standard input, running programs, the kernel. */
@NullMarked
package io.codetag.tools.source;

import org.jspecify.annotations.NullMarked;
