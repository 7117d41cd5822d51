package io.codetag.examples.pagecache.spi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The compressed bytes of one entry, in order. Used by one thread. */
@FunctionalInterface
public interface ByteSource {
    /**
     * Reads more bytes.
     *
     * @param target where to; it has room
     * @return how many bytes, at least 1; -1 at the end
     * @throws IOException if the file cannot be read
     */
    int read(ByteBuffer target) throws IOException;
}
