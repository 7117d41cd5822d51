package io.codetag.examples.leakhunt;

import io.codetag.AllocTag;
import io.codetag.AllocTags;
import io.codetag.allocator.PageAllocator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who wants to hear of changes to the map. Each has a mailbox of one page, from when it subscribes until it unsubscribes
 * or has expired.
 */
final class Subscriptions {
    /** So many may be open; another one takes the place of the oldest. */
    static final int CAPACITY = 64;

    private static final AllocTag MAILBOX = AllocTags.here();

    private final PageAllocator pages;
    private final boolean repaired;
    private final Map<Long, Long> open = new LinkedHashMap<>(); // client to mailbox, the oldest first
    private long expired;

    Subscriptions(PageAllocator pages, boolean repaired) {
        this.pages = pages;
        this.repaired = repaired;
    }

    synchronized void subscribe(long client) {
        if (open.containsKey(client)) {
            return;
        }
        if (open.size() == CAPACITY) {
            expireOldest();
        }
        open.put(client, pages.allocate(0, MAILBOX));
    }

    synchronized void unsubscribe(long client) {
        final Long mailbox = open.remove(client);
        if (mailbox != null) {
            pages.free(mailbox);
        }
    }

    /** Returns how many have expired so far. */
    synchronized long expired() {
        return expired;
    }

    synchronized int open() {
        return open.size();
    }

    private void expireOldest() {
        final Iterator<Long> oldest = open.values().iterator();
        final long mailbox = oldest.next();
        oldest.remove();
        expired++;
        if (repaired) {
            pages.free(mailbox);
        } // else this is the leak: nobody knows of the mailbox any more
    }
}
