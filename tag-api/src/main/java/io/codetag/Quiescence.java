package io.codetag;

/**
 * An allocator's promise that nothing is under way: the handshake by which bits of its flag word change hands.
 *
 * <p>Tags are the lowest-priority tenant of the flag word. When the allocator claims bits that tags occupy, references
 * narrow first, and then the profiler has to know that no thread still holds a word it has stamped but not stored.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Quiescence {
    /**
     * Waits until every {@code stamp}, {@code unstamp}, {@code restamp} and {@code copyStamp} that began before this
     * call has stored its word. May block; never called under an allocator's lock, nor on a recording thread.
     *
     * @throws InterruptedException if the waiting thread was interrupted
     */
    void quiesced() throws InterruptedException;
}
