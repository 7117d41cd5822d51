/** Tests of the page cache. */
@NullMarked
package io.codetag.examples.pagecache;

import org.jspecify.annotations.NullMarked;
