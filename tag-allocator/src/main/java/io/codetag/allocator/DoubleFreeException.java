package io.codetag.allocator;

/**
 * A page was to be freed that is free: its block was freed before, or never handed out. Nothing was changed.
 *
 * @since 0.1
 */
public final class DoubleFreeException extends BadPageException {
    private static final long serialVersionUID = 1L;

    DoubleFreeException(long pfn, String message) {
        super(pfn, message);
    }
}
