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
     * Waits until every operation of the tagger that began before this call has ended, and a fused one has stored its
     * word. A fused operation begins when the allocator reads the word that it hands over. What the caller did before is
     * visible to operations that begin afterwards. May block; called by whoever claims or returns bits, without a lock
     * of the profiler that an operation needs.
     *
     * @throws InterruptedException if the waiting thread was interrupted
     */
    void quiesced() throws InterruptedException;
}
