package io.codetag.examples.leakhunt;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last requests, a line each: grows page by page, slowly, until it has all its pages; then it drops the oldest. */
final class Journal {
    static final int CAPACITY = 16;

    private static final AllocTag PAGE = AllocTags.here();

    private final PageAllocator pages;
    private final Deque<Long> filled = new ArrayDeque<>();
    private ByteBuffer current = ByteBuffer.allocate(0);

    Journal(PageAllocator pages) {
        this.pages = pages;
    }

    synchronized void write(String line) {
        final byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (current.remaining() < bytes.length) {
            turnPage();
        }
        current.put(bytes, 0, Math.min(bytes.length, current.remaining()));
    }

    synchronized boolean isFull() {
        return filled.size() == CAPACITY;
    }

    private void turnPage() {
        if (filled.size() == CAPACITY) {
            pages.free(filled.removeFirst());
        }
        final long pfn = pages.allocate(0, PAGE);
        filled.addLast(pfn);
        current = pages.buffer(pfn);
    }
}
