package io.codetag;

/**
 * Tells from a page's flag word alone which block an allocator has handed out there. One read of the word then says the
 * block's order and, where references are in the word, its tag: both as they were at one instant.
 *
 * <p>The order must not depend on bits that the tag field has or may claim.
 *
 * @see PageSpec.Builder#wordOrders
 * @since 0.1
 */
@FunctionalInterface
public interface WordOrders {
    /**
     * Returns the order of the allocated block that begins at a page. Called at any moment by any thread: it must
     * neither lock nor throw.
     *
     * @param word the page's flag word
     * @return the order; -1 if no allocated block begins there
     */
    int orderOf(long word);
}
