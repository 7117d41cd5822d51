package io.codetag.examples.pluginhost.tenant;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.util.List;

/** What the tenant writes and receives. Ten call sites, each with a tag of its own. */
final class Mail {
    private static final AllocTag INBOX = AllocTags.here();
    private static final AllocTag OUTBOX = AllocTags.here();
    private static final AllocTag DRAFTS = AllocTags.here();
    private static final AllocTag ATTACHMENTS = AllocTags.here();
    private static final AllocTag THREADS = AllocTags.here();
    private static final AllocTag FILTERS = AllocTags.here();
    private static final AllocTag CONTACTS = AllocTags.here();
    private static final AllocTag SIGNATURES = AllocTags.here();
    private static final AllocTag BOUNCES = AllocTags.here();
    private static final AllocTag ARCHIVES = AllocTags.here();

    static final List<CallSite> CALL_SITES = List.of(
            new CallSite(INBOX, Mail::inbox),
            new CallSite(OUTBOX, Mail::outbox),
            new CallSite(DRAFTS, Mail::drafts),
            new CallSite(ATTACHMENTS, Mail::attachments),
            new CallSite(THREADS, Mail::threads),
            new CallSite(FILTERS, Mail::filters),
            new CallSite(CONTACTS, Mail::contacts),
            new CallSite(SIGNATURES, Mail::signatures),
            new CallSite(BOUNCES, Mail::bounces),
            new CallSite(ARCHIVES, Mail::archives));

    private Mail() {}

    private static long inbox(PageAllocator pages) {
        return pages.allocate(0, INBOX);
    }

    private static long outbox(PageAllocator pages) {
        return pages.allocate(0, OUTBOX);
    }

    private static long drafts(PageAllocator pages) {
        return pages.allocate(0, DRAFTS);
    }

    private static long attachments(PageAllocator pages) {
        return pages.allocate(3, ATTACHMENTS);
    }

    private static long threads(PageAllocator pages) {
        return pages.allocate(0, THREADS);
    }

    private static long filters(PageAllocator pages) {
        return pages.allocate(0, FILTERS);
    }

    private static long contacts(PageAllocator pages) {
        return pages.allocate(0, CONTACTS);
    }

    private static long signatures(PageAllocator pages) {
        return pages.allocate(0, SIGNATURES);
    }

    private static long bounces(PageAllocator pages) {
        return pages.allocate(0, BOUNCES);
    }

    private static long archives(PageAllocator pages) {
        return pages.allocate(1, ARCHIVES);
    }
}
