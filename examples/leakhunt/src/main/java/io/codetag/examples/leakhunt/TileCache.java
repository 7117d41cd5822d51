package io.codetag.examples.leakhunt;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tiles of a map, the last used of which are kept: grows until it is full, then stops. */
final class TileCache {
    static final int ORDER = 2;
    static final int CAPACITY = 256;

    private static final AllocTag TILE = AllocTags.here();
    private static final float LOAD = 0.75f;

    private final PageAllocator pages;
    private final Map<Integer, Long> cached = new LinkedHashMap<>(16, LOAD, true); // the longest unused first

    TileCache(PageAllocator pages) {
        this.pages = pages;
    }

    /** Returns the bytes of a tile. */
    synchronized byte[] tile(int number) {
        Long pfn = cached.get(number);
        if (pfn == null) {
            pfn = render(number);
            cached.put(number, pfn);
        }
        final ByteBuffer buffer = pages.buffer(pfn);
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    synchronized boolean isFull() {
        return cached.size() == CAPACITY;
    }

    private long render(int number) {
        if (cached.size() == CAPACITY) {
            final Iterator<Long> eldest = cached.values().iterator();
            pages.free(eldest.next());
            eldest.remove();
        }
        final long pfn = pages.allocate(ORDER, TILE);
        final ByteBuffer buffer = pages.buffer(pfn);
        while (buffer.hasRemaining()) {
            buffer.put((byte) (number * 31 + buffer.position()));
        }
        return pfn;
    }
}
