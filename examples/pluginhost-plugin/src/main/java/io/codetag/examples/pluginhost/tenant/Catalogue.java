package io.codetag.examples.pluginhost.tenant;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.util.List;

/** What the tenant sells. Ten call sites, each with a tag of its own. */
final class Catalogue {
    private static final AllocTag TITLES = AllocTags.here();
    private static final AllocTag PRICES = AllocTags.here();
    private static final AllocTag COVERS = AllocTags.here();
    private static final AllocTag STOCK = AllocTags.here();
    private static final AllocTag REVIEWS = AllocTags.here();
    private static final AllocTag VARIANTS = AllocTags.here();
    private static final AllocTag SUPPLIERS = AllocTags.here();
    private static final AllocTag CATEGORIES = AllocTags.here();
    private static final AllocTag DISCOUNTS = AllocTags.here();
    private static final AllocTag BUNDLES = AllocTags.here();

    static final List<CallSite> CALL_SITES = List.of(
            new CallSite(TITLES, Catalogue::titles),
            new CallSite(PRICES, Catalogue::prices),
            new CallSite(COVERS, Catalogue::covers),
            new CallSite(STOCK, Catalogue::stock),
            new CallSite(REVIEWS, Catalogue::reviews),
            new CallSite(VARIANTS, Catalogue::variants),
            new CallSite(SUPPLIERS, Catalogue::suppliers),
            new CallSite(CATEGORIES, Catalogue::categories),
            new CallSite(DISCOUNTS, Catalogue::discounts),
            new CallSite(BUNDLES, Catalogue::bundles));

    private Catalogue() {}

    private static long titles(PageAllocator pages) {
        return pages.allocate(1, TITLES);
    }

    private static long prices(PageAllocator pages) {
        return pages.allocate(0, PRICES);
    }

    private static long covers(PageAllocator pages) {
        return pages.allocate(2, COVERS);
    }

    private static long stock(PageAllocator pages) {
        return pages.allocate(0, STOCK);
    }

    private static long reviews(PageAllocator pages) {
        return pages.allocate(1, REVIEWS);
    }

    private static long variants(PageAllocator pages) {
        return pages.allocate(0, VARIANTS);
    }

    private static long suppliers(PageAllocator pages) {
        return pages.allocate(0, SUPPLIERS);
    }

    private static long categories(PageAllocator pages) {
        return pages.allocate(0, CATEGORIES);
    }

    private static long discounts(PageAllocator pages) {
        return pages.allocate(0, DISCOUNTS);
    }

    private static long bundles(PageAllocator pages) {
        return pages.allocate(0, BUNDLES);
    }
}
