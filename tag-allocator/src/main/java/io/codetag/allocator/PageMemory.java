package io.codetag.allocator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The bytes of all pages: direct buffers, each made when its first page is brought into use. Blocks are aligned to
 * their size and a buffer holds a whole number of the largest ones, so none straddles two buffers.
 *
 * <p><b>Thread safety.</b> Buffers are made by one thread at a time; views are made by anyone.
 */
final class PageMemory {
    /** What one buffer holds, unless the largest block needs more; what the JVM zeroes at once. */
    static final int SEGMENT_BYTES = 1 << 24;

    private final long pages;
    private final int pageShift;
    private final int segmentShift;
    private final AtomicReferenceArray<ByteBuffer> segments;

    /** Describes the memory of so many pages; the largest block has at most 2<sup>30</sup> bytes. */
    PageMemory(long pages, int pageSize, int maxOrder) {
        this.pages = pages;
        this.pageShift = Integer.numberOfTrailingZeros(pageSize);
        this.segmentShift = Math.max(Integer.numberOfTrailingZeros(SEGMENT_BYTES) - pageShift, maxOrder);
        this.segments = new AtomicReferenceArray<>(Math.toIntExact(((pages - 1) >>> segmentShift) + 1));
    }

    /** Returns how many pages a buffer holds: a whole number of the largest blocks. */
    int segmentPages() {
        return 1 << segmentShift;
    }

    /**
     * Makes the buffer behind a page if there is none.
     *
     * @throws OutOfMemoryError if the JVM gives no more direct memory; nothing has changed then
     */
    void ensure(long pfn) {
        final int segment = (int) (pfn >>> segmentShift);
        if (segments.getAcquire(segment) == null) {
            final long first = (long) segment << segmentShift;
            final long count = Math.min(1L << segmentShift, pages - first);
            segments.setRelease(segment, ByteBuffer.allocateDirect((int) (count << pageShift)));
        }
    }

    /** Returns a view of some pages of an allocated block, in native byte order. */
    ByteBuffer view(long pfn, int order) {
        final ByteBuffer segment = segments.getAcquire((int) (pfn >>> segmentShift));
        if (segment == null) {
            throw new IllegalStateException("the memory behind page " + pfn + " was given back");
        }
        final int offset = (int) (pfn & ((1L << segmentShift) - 1)) << pageShift;
        return segment.slice(offset, 1 << (order + pageShift)).order(ByteOrder.nativeOrder());
    }

    void copy(long from, long to, int order) {
        view(to, order).put(view(from, order));
    }

    /** Forgets all buffers; their memory returns when nobody holds a view of them and the collector finds out. */
    void drop() {
        for (int i = 0; i < segments.length(); i++) {
            segments.setRelease(i, null);
        }
    }
}
