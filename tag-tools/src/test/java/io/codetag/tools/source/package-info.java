/** Tests of what a report is read from. */
@NullMarked
package io.codetag.tools.source;

import org.jspecify.annotations.NullMarked;
