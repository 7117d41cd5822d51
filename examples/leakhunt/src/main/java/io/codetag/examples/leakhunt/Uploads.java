package io.codetag.examples.leakhunt;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** What clients send: large blocks in bursts, each given back when it has been read. */
final class Uploads {
    private static final int ORDER = 4;
    private static final AllocTag UPLOAD = AllocTags.here();

    private final PageAllocator pages;

    Uploads(PageAllocator pages) {
        this.pages = pages;
    }

    /** Reads what was sent, at most as much as a block holds, and returns its checksum. */
    long receive(InputStream body) throws IOException {
        final long pfn = pages.allocate(ORDER, UPLOAD);
        try {
            final ByteBuffer buffer = pages.buffer(pfn);
            buffer.put(body.readNBytes(buffer.remaining()));
            final CRC32 sum = new CRC32();
            sum.update(buffer.flip());
            return sum.getValue();
        } finally {
            pages.free(pfn);
        }
    }
}
