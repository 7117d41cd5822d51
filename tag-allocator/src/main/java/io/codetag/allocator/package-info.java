/**
 * A buddy page allocator over off-heap memory that carries tags.
 *
 * <h2>The problem</h2>
 *
 * A program that manages its own memory in pages needs blocks of 2<sup>order</sup> pages, quickly found and merged
 * again when freed, and wants to know which line of code holds them. This allocator does both, and shows how little an
 * allocator has to do to carry tags: one call where a block is handed out, one where it comes back.
 *
 * <pre>{@code
 * private static final AllocTag READ_AHEAD = AllocTags.here();
 *
 * try (PageAllocator pages = PageAllocator.builder("page cache", 16_384).build()) {   // 64 MiB of 4 KiB pages
 *     long pfn = pages.allocate(3, READ_AHEAD);                                       // 8 pages, 32 KiB
 *     channel.read(pages.buffer(pfn));
 *     pages.free(pfn);
 * }
 * }</pre>
 *
 * <h2>How it is built</h2>
 *
 * <pre>
 *   PageCache   a few free blocks of each small order, for each thread; no lock, no atomic instruction
 *        | fetches and gives back several at a time, behind the lock
 *                          | page 0 … 1 023      | page 1 024 … 2 047  | …
 *   PageWords   who has it | word word word …    | word word word …    |   one 64-bit flag word for each page
 *   FreeBlocks  what is    | one bit per block   | (nothing yet)       |   a bit tree for each region, and for
 *               free       | of each order       |                     |   each order the regions to look at
 *   PageMemory  the bytes  | direct buffers of 16 MiB, or of the largest block if that is more         |
 * </pre>
 *
 * Metadata and memory are separate: {@link io.codetag.allocator.PageAllocator.Builder#metadataOnly()} leaves the memory
 * out. All three come into being as pages are first brought into use, lowest first.
 *
 * <h2>Footprint</h2>
 *
 * For each page of a region of 1 024 pages that was ever touched: 8 bytes for the flag word (in chunks of 32 768
 * words), and 0.27 bytes for what is free: a tree of 2 048 bits is 272 bytes with its header, and 11 sets of regions
 * take 11 bits with their summaries. The flag words of 128 GiB of 4 KiB pages are 256 MiB, the rest is 9 MiB. A
 * reference in the flag word adds nothing. What was never touched costs 4 to 8 bytes for 32 768 pages.
 *
 * A cache takes 8 KiB and the counters of one stripe. It holds at most 512 KiB and 128 pages of each order, of a small
 * allocator at most 1/128 of its pages of each order, and nothing in one of less than 256 pages. There are at most 4 caches
 * for each CPU, and as many shared ones as CPUs (up to the next power of two), beside those of {@link
 * io.codetag.allocator.LocalPages}. The table by which threads find theirs has 64 to 128 places of 4 or 8 bytes for each CPU.
 *
 * <h2>Concurrency</h2>
 *
 * Small blocks are handed out and taken back by the thread's own cache: it writes the block's flag word once, with state,
 * order and tag, and otherwise only what is the thread's own. Virtual threads, and those that come when there are enough
 * caches, borrow a shared one for each block. A program that keeps an object for each of its threads puts a {@link
 * io.codetag.allocator.LocalPages} into it, and saves the look-up.
 *
 * <p>One lock orders everything else. Before an allocation is refused, all caches are emptied, those of idle and dead
 * threads too, and stay shut for 100 ms. What is in a cache is free, and counts as free. Looking at a block ({@code
 * orderOf}, {@code buffer}, the byte counts) takes no lock; the byte counts are exact when no block changes hands.
 *
 * <h2>Tags</h2>
 *
 * Every call into codetag for a block is in the class {@code BlockTags}: two for allocation and free, three for what
 * changes a block, and the lease of counters. A copy of the allocator with that class doing nothing is this allocator
 * without tags.
 *
 * @since 0.1
 */
@NullMarked
package io.codetag.allocator;

import org.jspecify.annotations.NullMarked;
