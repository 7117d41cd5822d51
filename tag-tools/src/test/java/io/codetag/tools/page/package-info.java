/** Tests of the page. */
@NullMarked
package io.codetag.tools.page;

import org.jspecify.annotations.NullMarked;
