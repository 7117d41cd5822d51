package io.codetag.examples.pluginhost.tenant;

import io.codetag.allocator.PageAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The entry point of the plugin. The host reaches it through interfaces of the JDK, and gets nothing but numbers from
 * it, so that nothing of this class loader stays with the host.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class Tenant implements IntConsumer, Supplier<Map<Integer, List<Long>>>, AutoCloseable {
    /** Whoever wrote the mail forgot to free these. */
    private static final List<CallSite> LEAKING = Mail.CALL_SITES.subList(0, 3);

    private final List<CallSite> callSites = Stream.of(
                    Catalogue.CALL_SITES, Orders.CALL_SITES, Mail.CALL_SITES, Search.CALL_SITES)
            .flatMap(Collection::stream)
            .toList();
    private final List<Deque<Long>> blocks = new ArrayList<>();
    private final PageAllocator pages;

    /**
     * Makes a tenant that holds nothing.
     *
     * @param pages where it allocates
     */
    public Tenant(PageAllocator pages) {
        this.pages = pages;
        callSites.forEach(site -> blocks.add(new ArrayDeque<>()));
    }

    /**
     * Allocates or frees, the oldest first, until each call site holds so many blocks.
     *
     * @param held blocks
     */
    @Override
    public void accept(int held) {
        for (CallSite site : callSites) {
            hold(site, held);
        }
    }

    /**
     * Says what this tenant holds.
     *
     * @return the first page of each block, by the code of the tag that was charged; a copy
     */
    @Override
    public Map<Integer, List<Long>> get() {
        final Map<Integer, List<Long>> held = new TreeMap<>();
        for (int i = 0; i < callSites.size(); i++) {
            held.put(callSites.get(i).code(), List.copyOf(blocks.get(i)));
        }
        return held;
    }

    /** Frees what this tenant holds, except for what it forgets. */
    @Override
    public void close() {
        for (CallSite site : callSites) {
            if (!LEAKING.contains(site)) {
                hold(site, 0);
            }
        }
    }

    private void hold(CallSite site, int held) {
        final Deque<Long> own = blocks.get(callSites.indexOf(site));
        while (own.size() < held) {
            own.addLast(site.allocate(pages));
        }
        while (own.size() > held) {
            pages.free(own.removeFirst());
        }
    }
}
