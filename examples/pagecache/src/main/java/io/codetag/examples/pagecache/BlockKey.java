package io.codetag.examples.pagecache;

/**
 * What a cached block holds.
 *
 * @param source the number of a file, or of an entry of an archive
 * @param index the position of the block in it, counted in blocks
 */
record BlockKey(long source, long index) {}
