/**
 * Exact, always-on accounting of the memory that a JVM program manages itself, by the line of code that allocated it.
 *
 * <h2>The problem</h2>
 *
 * A buffer pool holds 3 GiB of off-heap pages and grows. Which line of code holds them? The JVM answers with totals
 * ({@code BufferPoolMXBean}), samples or event streams. This package keeps, for each call site, the live bytes and the
 * live calls, credited back at free, while the program runs.
 *
 * <h2>Ten lines</h2>
 *
 * <pre>{@code
 * private static final AllocTag READ_AHEAD = AllocTags.here();      // one constant a call site
 *
 * PageSpec spec = PageSpec.builder("page cache", pages, 4096).flags(words, layout).build();
 * PageTagger tagger = AllocTags.attach(spec);                       // once, when the allocator is built
 *
 * tagger.add(pfn, order, READ_AHEAD);                               // the allocator, at allocation
 * tagger.sub(pfn, order);                                           // the allocator, at free
 *
 * READ_AHEAD.counts();                                              // AllocCounts[bytes=151552, calls=37]
 * }</pre>
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li>A {@linkplain io.codetag.CodeTag code tag} is a place in code; an {@linkplain io.codetag.AllocTag allocation
 *       tag} is the handle that a call site holds.
 *   <li>A <em>page</em> is a unit of fixed size in bytes, a power of two; its number is the <em>pfn</em>; a
 *       <em>block</em> of <em>order</em> n is 2<sup>n</sup> consecutive pages, and its first page is its head.
 *   <li>A <em>reference</em> is what a live block remembers: a small number, the <em>code</em> of its tag.
 *   <li>A {@linkplain io.codetag.CodeModule code module} brings tags and may go away again.
 * </ul>
 *
 * <h2>Concurrency</h2>
 *
 * For one page the allocator orders the calls: one owner at a time. Different pages are concurrent. Recording never
 * throws, never blocks on another recording thread and never logs.
 *
 * <h2>Footprint</h2>
 *
 * With page flags a reference costs no memory: it sits in bits that the allocator does not use. With the page extension
 * it costs 2 bytes for each page of a section (8 192 pages) that was touched. A tag costs about 200 bytes, and 16 bytes
 * for each order it was used with in each stripe of counters.
 *
 * @since 0.1
 */
@NullMarked
package io.codetag;

import org.jspecify.annotations.NullMarked;
