package io.codetag.core;

import io.codetag.OverflowPolicy;
import io.codetag.PageFlagsLayout;
import io.codetag.PageSpec;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import org.jspecify.annotations.Nullable;

/**
 * What was decided for an allocator's pages.
 *
 * @param request what was asked
 * @param main the backend that holds references first; null when these pages are not profiled
 * @param fieldInWord the field of the flag word that the main store uses; null if it keeps references elsewhere
 * @param maxCode the largest code of the main store; 0 without one
 * @param overflow the backend for what does not fit; null if there is none or none is wanted
 * @param policy what happens when a tag does not fit
 * @param reason why, and what would change the choice
 * @param warning what an operator should know beside the choice; null if nothing
 * @param warningMessage the code of that warning
 */
record StoreChoice(
        StoreRequest request,
        @Nullable PageTagStoreProvider main,
        PageFlagsLayout.@Nullable Field fieldInWord,
        int maxCode,
        @Nullable PageTagStoreProvider overflow,
        OverflowPolicy policy,
        String reason,
        @Nullable String warning,
        Message warningMessage) {
    /** The choice not to profile an allocator's pages. */
    static StoreChoice nothing(PageSpec spec, String why) {
        final StoreRequest request = new StoreRequest(
                spec.name(), spec.pageCount(), spec.pageSize(), 0, spec.flags(), spec.layout(), Long.SIZE);
        return new StoreChoice(request, null, null, 0, null, OverflowPolicy.DISABLE, why, null, Message.STORAGE_NONE);
    }

    /** The choice not to profile these pages after all. */
    StoreChoice failed(String why) {
        return new StoreChoice(request, null, null, 0, null, OverflowPolicy.DISABLE, why, why, Message.STORE_FAILED);
    }
}
