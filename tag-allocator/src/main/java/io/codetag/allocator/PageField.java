package io.codetag.allocator;

import io.codetag.PageFlagsLayout.Field;

/**
 * Some bits beside each page that a program has claimed from an allocator for a purpose of its own, such as "dirty". They
 * are 0 at first, and keep their value when a block is freed and handed out again.
 *
 * <p><b>Thread safety.</b> The owner of a block writes the bits of its pages, one thread at a time. Anybody may read.
 *
 * @see PageAllocator#claimField
 * @since 0.1
 */
public final class PageField {
    private final PageAllocator pages;
    private final PageWords words;
    private final Field field;
    private volatile boolean returned;

    /** Whether somebody else may have claimed the same bits by the same name. Guarded by the allocator's lock of claims. */
    boolean gone;

    PageField(PageAllocator pages, PageWords words, Field field) {
        this.pages = pages;
        this.words = words;
        this.field = field;
    }

    /**
     * Reads the bits of a page.
     *
     * @param pfn the page
     * @return the value, unsigned
     * @throws BadPageException if there is no such page
     */
    public long get(long pfn) {
        checkPage(pfn);
        return field.get(words.get(pfn));
    }

    /**
     * Writes the bits of a page. Never blocks, and changes no other bit of its word.
     *
     * @param pfn a page of a block that the caller owns
     * @param value the value, unsigned
     * @throws BadPageException if there is no such page
     * @throws IllegalArgumentException if the value has more bits than were claimed
     * @throws IllegalStateException if the bits were given back
     */
    public void set(long pfn, long value) {
        checkPage(pfn);
        if (field.get(field.set(0, value)) != value) {
            throw new IllegalArgumentException(
                    value + " does not fit the " + field.bits() + " bits of " + field.name());
        }
        if (returned) {
            throw new IllegalStateException("the bits of " + field.name() + " were given back");
        }
        long word; // a profiler changes its own bits of the same word at any moment
        do {
            word = words.get(pfn);
        } while (!words.compareAndSet(pfn, word, field.set(word, value)));
    }

    /**
     * Returns which bits of the flag word these are.
     *
     * @return the field
     */
    public Field bits() {
        return field;
    }

    /**
     * Gives the bits back: sets them to 0 in all pages, and lets tags use them again. Nobody writes them any more.
     *
     * @throws InterruptedException if the waiting thread was interrupted; the bits are still claimed, but cannot be
     *     written
     * @throws IllegalStateException if they were given back before
     */
    public void giveBack() throws InterruptedException {
        returned = true;
        pages.returnField(this);
    }

    private void checkPage(long pfn) {
        if (!words.contains(pfn)) {
            throw new BadPageException(pfn, "page " + pfn + " does not exist: there are " + words.size() + " pages");
        }
    }
}
