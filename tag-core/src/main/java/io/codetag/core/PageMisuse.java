package io.codetag.core;

import io.codetag.PageSpec;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls of one allocator that cannot be right: counted if they were ignored, and told in debug mode.
 *
 * <p><b>Thread safety.</b> Safe. Where nothing is told, nothing is allocated, not even the message.
 */
final class PageMisuse {
    private final AttachedPages pages;
    private final PageSpec spec;
    private final String allocatorPackage;
    private final Misuse misuse;
    private final AtomicLong outOfRange = new AtomicLong();

    PageMisuse(AttachedPages pages, PageSpec spec, String allocatorPackage, Misuse misuse) {
        this.pages = pages;
        this.spec = spec;
        this.allocatorPackage = allocatorPackage;
        this.misuse = misuse;
    }

    void addedOntoLive(long pfn, int order) {
        if (!misuse.isOn()) {
            return;
        }
        misuse.report(
                Message.DEBUG_ADD_ONTO_LIVE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' allocated page " + pfn + " (order " + order
                        + ") while its reference was live; the former tag was credited");
    }

    void freedNone(long pfn, int order) {
        if (!misuse.isOn()
                || pages.isDisabled()) { // blocks are allocated without a reference, and nobody made a mistake
            return;
        }
        misuse.report(
                Message.DEBUG_FREE_OF_NONE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' freed page " + pfn + " (order " + order
                        + "), which has no reference: freed twice, or allocated past the tagger");
    }

    void outOfRange(long pfn, int order) {
        outOfRange.incrementAndGet();
        if (!misuse.isOn()) {
            return;
        }
        misuse.report(
                Message.DEBUG_OUT_OF_RANGE,
                allocatorPackage,
                () -> "allocator '" + spec.name() + "' named page " + pfn + " with order " + order
                        + "; it has pages 0 to " + (pages.pageCount() - 1) + " and orders 0 to " + spec.maxOrder());
    }

    /** Returns how many calls named a page or an order out of range. */
    long outOfRangeCount() {
        return outOfRange.get();
    }
}
