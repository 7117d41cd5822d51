package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.BlockOrders;
import io.codetag.PageSpec;
import io.codetag.PageTotals;
import io.codetag.spi.TagCodes;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one allocator's pages add up to, for who reads: the census, and what is untracked.
 *
 * <p><b>Thread safety.</b> Safe; others may record meanwhile.
 */
final class PageSums {
    private final AttachedPages pages;
    private final PageSpec spec;
    private final Attachment attachment;
    private final TagRegistry registry;

    /** Null where blocks are counted as they come and go. */
    private final @Nullable PageCensus census;

    PageSums(
            AttachedPages pages,
            PageSpec spec,
            Attachment attachment,
            TagRegistry registry,
            @Nullable PageCensus census) {
        this.pages = pages;
        this.spec = spec;
        this.attachment = attachment;
        this.registry = registry;
        this.census = census;
    }

    PageTotals totals() {
        final AllocCounts live = attachment.live(registry.codeBound());
        return new PageTotals(spec.name(), live.bytes(), live.calls(), untracked());
    }

    /** Counts what each tag owns here by looking at all pages. */
    Reading takeCensus() {
        if (census != null && !pages.hasFailed()) {
            try {
                return census.take(registry.codeBound());
            } catch (OutOfMemoryError none) { // the reader's own: the store is as it was
                throw none;
            } catch (RuntimeException | Error thrown) {
                pages.failed(thrown, TagCodes.NONE);
            }
        }
        return Census.NOTHING;
    }

    /** Says whether a census would find a reference to a tag. */
    boolean isAnyTagged() {
        if (census != null && !pages.hasFailed()) {
            try {
                return census.isAnyTagged();
            } catch (OutOfMemoryError none) {
                throw none;
            } catch (RuntimeException | Error thrown) {
                pages.failed(thrown, TagCodes.NONE);
            }
        }
        return false;
    }

    /** Says how often references were exchanged; -1 if some are being exchanged. */
    long moves() {
        return census == null ? 0 : census.moves();
    }

    private OptionalLong untracked() {
        final BlockOrders orders = spec.orders();
        if (orders == null || pages.isClosed()) {
            return OptionalLong.empty();
        }
        long bytes = 0;
        final long end = pages.pageCount();
        try {
            for (long pfn = 0; pfn < end; ) {
                final int told = orders.orderAt(pfn);
                final int order = told > spec.maxOrder() ? -1 : told; // a word that is being written
                if (order >= 0 && pages.get(pfn) < TagCodes.FIRST_TAG) {
                    bytes += (long) spec.pageSize() << order;
                }
                pfn += 1L << Math.max(0, order);
            }
        } catch (RuntimeException | Error failure) { // the allocator's own code
            return OptionalLong.empty();
        }
        return pages.hasFailed() ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
}
