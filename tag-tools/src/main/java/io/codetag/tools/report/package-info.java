/** Reports as data: reading them from wherever they are, comparing, writing them in other forms. */
@NullMarked
package io.codetag.tools.report;

import org.jspecify.annotations.NullMarked;
