/** What the page cache and its plugins share: loaded once, by the host. */
@NullMarked
package io.codetag.examples.pagecache.spi;

import org.jspecify.annotations.NullMarked;
