/** The plugin: lives in its own jar and class loader, brings its own tags. */
@NullMarked
package io.codetag.examples.pagecache.plugin;

import org.jspecify.annotations.NullMarked;
