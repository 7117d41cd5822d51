package io.codetag.core;

import javax.management.ConstructorParameters;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one allocator's pages, as a client of JMX gets them.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
public final class PageTotalsInfo {
    private final String allocator;
    private final long bytes;
    private final long calls;
    private final @Nullable Long untracked;

    /**
     * Makes the sums again on the client's side.
     *
     * @param allocator the allocator's name
     * @param bytes bytes of recorded live blocks
     * @param calls recorded live blocks
     * @param untracked bytes of allocated blocks without a tag
     */
    @ConstructorParameters({"allocator", "bytes", "calls", "untracked"})
    public PageTotalsInfo(String allocator, long bytes, long calls, @Nullable Long untracked) {
        this.allocator = allocator;
        this.bytes = bytes;
        this.calls = calls;
        this.untracked = untracked;
    }

    /**
     * Returns the allocator's name.
     *
     * @return the name
     */
    public String getAllocator() {
        return allocator;
    }

    /**
     * Returns the bytes of recorded live blocks.
     *
     * @return bytes
     */
    public long getBytes() {
        return bytes;
    }

    /**
     * Returns the recorded live blocks.
     *
     * @return blocks
     */
    public long getCalls() {
        return calls;
    }

    /**
     * Returns the bytes of allocated blocks without a tag.
     *
     * @return bytes; null if the allocator cannot tell its blocks
     */
    public @Nullable Long getUntracked() {
        return untracked;
    }
}
