/** The page that shows a report: as one file, or served live. */
@NullMarked
package io.codetag.tools.page;

import org.jspecify.annotations.NullMarked;
