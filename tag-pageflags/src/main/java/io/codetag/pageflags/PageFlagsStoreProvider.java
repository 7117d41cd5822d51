package io.codetag.pageflags;

import com.google.auto.service.AutoService;
import io.codetag.FlagWords;
import io.codetag.PageFlagsLayout;
import io.codetag.PageFlagsLayout.Field;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores that keep references in an allocator's flag words.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
@AutoService(PageTagStoreProvider.class)
public final class PageFlagsStoreProvider implements PageTagStoreProvider {
    private static final int PRIORITY = 200;

    /** For {@link java.util.ServiceLoader}. */
    public PageFlagsStoreProvider() {}

    @Override
    public String name() {
        return PAGE_FLAGS;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Suitability check(StoreRequest request) {
        final FlagWords words = request.flags();
        final PageFlagsLayout layout = request.layout();
        if (words == null || layout == null) {
            return Suitability.no("the allocator has no flag words");
        }
        if (words.size() < request.pageCount()) {
            return Suitability.no("there are " + words.size() + " flag words for " + request.pageCount() + " pages");
        }
        if (layout.tagField(request.maxBits()) == null) {
            return Suitability.no("the longest run of unused bits in the flag word is " + layout.longestUnusedRun()
                    + " and the budget is " + request.maxBits() + "; tags need at least 2");
        }
        return Suitability.yes();
    }

    @Override
    public int maxCode(StoreRequest request) {
        return field(request).maxCode();
    }

    @Override
    public PageTagStore open(StoreRequest request) {
        final FlagWords words = request.flags();
        if (words == null) {
            throw refused(request);
        }
        return new PageFlagsStore(words, field(request));
    }

    @Override
    public @Nullable Field fieldInWord(StoreRequest request) {
        final PageFlagsLayout layout = request.layout();
        return request.flags() == null || layout == null ? null : layout.tagField(request.maxBits());
    }

    private Field field(StoreRequest request) {
        final Field field = fieldInWord(request);
        if (field == null) {
            throw refused(request);
        }
        return field;
    }

    private IllegalArgumentException refused(StoreRequest request) {
        return new IllegalArgumentException(request.allocator() + " cannot use " + PAGE_FLAGS + ": "
                + check(request).reason());
    }
}
