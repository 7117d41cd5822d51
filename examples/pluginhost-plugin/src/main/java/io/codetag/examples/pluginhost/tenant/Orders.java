package io.codetag.examples.pluginhost.tenant;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.util.List;

/** What was bought. Ten call sites, each with a tag of its own. */
final class Orders {
    private static final AllocTag CARTS = AllocTags.here();
    private static final AllocTag INVOICES = AllocTags.here();
    private static final AllocTag PAYMENTS = AllocTags.here();
    private static final AllocTag REFUNDS = AllocTags.here();
    private static final AllocTag SHIPMENTS = AllocTags.here();
    private static final AllocTag RETURNS = AllocTags.here();
    private static final AllocTag VOUCHERS = AllocTags.here();
    private static final AllocTag ADDRESSES = AllocTags.here();
    private static final AllocTag TAXES = AllocTags.here();
    private static final AllocTag RECEIPTS = AllocTags.here();

    static final List<CallSite> CALL_SITES = List.of(
            new CallSite(CARTS, Orders::carts),
            new CallSite(INVOICES, Orders::invoices),
            new CallSite(PAYMENTS, Orders::payments),
            new CallSite(REFUNDS, Orders::refunds),
            new CallSite(SHIPMENTS, Orders::shipments),
            new CallSite(RETURNS, Orders::returns),
            new CallSite(VOUCHERS, Orders::vouchers),
            new CallSite(ADDRESSES, Orders::addresses),
            new CallSite(TAXES, Orders::taxes),
            new CallSite(RECEIPTS, Orders::receipts));

    private Orders() {}

    private static long carts(PageAllocator pages) {
        return pages.allocate(1, CARTS);
    }

    private static long invoices(PageAllocator pages) {
        return pages.allocate(0, INVOICES);
    }

    private static long payments(PageAllocator pages) {
        return pages.allocate(0, PAYMENTS);
    }

    private static long refunds(PageAllocator pages) {
        return pages.allocate(0, REFUNDS);
    }

    private static long shipments(PageAllocator pages) {
        return pages.allocate(0, SHIPMENTS);
    }

    private static long returns(PageAllocator pages) {
        return pages.allocate(0, RETURNS);
    }

    private static long vouchers(PageAllocator pages) {
        return pages.allocate(0, VOUCHERS);
    }

    private static long addresses(PageAllocator pages) {
        return pages.allocate(0, ADDRESSES);
    }

    private static long taxes(PageAllocator pages) {
        return pages.allocate(0, TAXES);
    }

    private static long receipts(PageAllocator pages) {
        return pages.allocate(0, RECEIPTS);
    }
}
