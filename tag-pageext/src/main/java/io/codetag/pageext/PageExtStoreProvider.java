package io.codetag.pageext;

import com.google.auto.service.AutoService;
import io.codetag.spi.PageSections;
import io.codetag.spi.PageTagStore;
import io.codetag.spi.PageTagStoreProvider;
import io.codetag.spi.StoreRequest;
import io.codetag.spi.Suitability;

/**
 * Makes stores that keep references in a sparse side table.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @since 0.1
 */
@AutoService(PageTagStoreProvider.class)
public final class PageExtStoreProvider implements PageTagStoreProvider {
    private static final int PRIORITY = 100;

    /** For {@link java.util.ServiceLoader}. */
    public PageExtStoreProvider() {}

    @Override
    public String name() {
        return PAGE_EXT;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Suitability check(StoreRequest request) {
        return request.pageCount() <= PageSections.MAX_PAGES
                ? Suitability.yes()
                : Suitability.no(PageSections.tooManyPages(request.pageCount()));
    }

    @Override
    public int maxCode(StoreRequest request) {
        return PageExtStore.MAX_CODE;
    }

    @Override
    public PageTagStore open(StoreRequest request) {
        return new PageExtStore(request.pageCount());
    }
}
