package io.codetag;

import java.util.OptionalLong;

/**
 * The sums of one allocator's pages.
 *
 * @param allocator the allocator's name
 * @param bytes bytes of recorded live blocks
 * @param calls recorded live blocks
 * @param untracked bytes of allocated blocks without a tag, found by reading the allocator's blocks; empty if the
 *     allocator cannot tell its blocks. While the program is quiet, {@code bytes + untracked} is what the allocator
 *     has handed out
 * @since 0.1
 */
public record PageTotals(String allocator, long bytes, long calls, OptionalLong untracked) {}
