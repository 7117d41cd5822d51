package io.codetag.examples.pagecache;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import java.nio.ByteBuffer;

/**
 * A buffer on the heap for one task: no pages, but charged all the same as long as it is in use.
 *
 * <p><b>Thread safety.</b> For one thread.
 */
final class Scratch implements AutoCloseable {
    private static final AllocTag SCRATCH = AllocTags.here();

    private static final int BYTES = 32 << 10;

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private final int reference = SCRATCH.charge(BYTES);

    /** Returns the buffer, backed by an array; its position and limit are as its last user left them. */
    ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        AllocTags.discharge(reference, BYTES);
    }
}
