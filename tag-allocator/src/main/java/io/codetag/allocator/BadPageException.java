package io.codetag.allocator;

/**
 * A page was handed to an allocator that is not the first page of a block it has handed out. Nothing was changed.
 *
 * @since 0.1
 */
public sealed class BadPageException extends IllegalArgumentException permits DoubleFreeException {
    private static final long serialVersionUID = 1L;

    /** The page. */
    private final long pfn;

    BadPageException(long pfn, String message) {
        super(message);
        this.pfn = pfn;
    }

    /**
     * Returns the page.
     *
     * @return its number, as it was given
     */
    public long pfn() {
        return pfn;
    }
}
