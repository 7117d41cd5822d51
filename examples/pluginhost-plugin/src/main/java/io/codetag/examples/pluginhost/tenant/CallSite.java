package io.codetag.examples.pluginhost.tenant;

import io.codetag.AllocTag;
import io.codetag.allocator.PageAllocator;
import java.util.function.ToLongFunction;

/**
 * A line of code that allocates.
 *
 * <p>No record: on Java 17 the first comparison of records of a class leaves that class in a cache of the JDK, and with
 * it the class loader of the plugin.
 */
final class CallSite {
    private final AllocTag tag;
    private final ToLongFunction<PageAllocator> allocation;

    CallSite(AllocTag tag, ToLongFunction<PageAllocator> allocation) {
        this.tag = tag;
        this.allocation = allocation;
    }

    /** Returns the code that its blocks are charged to. */
    int code() {
        return tag.code();
    }

    /** Allocates a block; returns its first page. */
    long allocate(PageAllocator pages) {
        return allocation.applyAsLong(pages);
    }
}
