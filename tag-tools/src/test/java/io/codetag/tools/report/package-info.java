/** The forms of a report, read and written. */
@NullMarked
package io.codetag.tools.report;

import org.jspecify.annotations.NullMarked;
