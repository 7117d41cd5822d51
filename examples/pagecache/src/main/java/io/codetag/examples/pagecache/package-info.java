/**
 * A page cache over real files that tells which line of code holds how much of it.
 *
 * <h2>The problem</h2>
 *
 * A cache of 128 MiB is full. Of what? {@code BufferPoolMXBean} says 128 MiB, a heap dump shows one big buffer. Here
 * every block of pages carries a tag, and the report says which line asked for it: reading on demand, reading ahead,
 * an archive's index, inflated entries, a plugin.
 *
 * <h2>The way through the code</h2>
 *
 * <ol>
 *   <li>{@link io.codetag.examples.pagecache.PageCacheMain} lists the files of a directory and starts the
 *       {@link io.codetag.examples.pagecache.Job}.
 *   <li>{@link io.codetag.examples.pagecache.FileReader} reads a file through the
 *       {@link io.codetag.examples.pagecache.PageCache}; {@link io.codetag.examples.pagecache.ArchiveIndex},
 *       {@link io.codetag.examples.pagecache.HostInflater} and the plugin do so with archives.
 *   <li>All of them allocate from the {@link io.codetag.examples.pagecache.PagePool}, each with tags of its own.
 *   <li>{@link io.codetag.examples.pagecache.Report} prints who holds what, and
 *       {@link io.codetag.examples.pagecache.Balance} compares the sums with the allocator's own count.
 * </ol>
 */
@NullMarked
package io.codetag.examples.pagecache;

import org.jspecify.annotations.NullMarked;
