package io.codetag.examples.pluginhost;

import io.codetag.AllocCounts;
import io.codetag.StorageFacts;
import io.codetag.allocator.PageAllocator;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocFilter;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocInfoText;
import io.codetag.core.Profiler;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** What the profiler says of one allocator and of the tenants. */
final class Account {
    private final Profiler profiler = Profiler.get();
    private final PageAllocator pages;

    Account(PageAllocator pages) {
        this.pages = pages;
    }

    /** Returns the lines of a tenant's call sites, the largest first. */
    AllocInfo of(String tenant) {
        return profiler.snapshot(AllocFilter.builder().module(tenant).build()).top(Integer.MAX_VALUE);
    }

    /** Returns what a tenant's tags own, by code; tags that own nothing are left out. */
    Map<Integer, AllocCounts> counts(String tenant) {
        final Map<Integer, AllocCounts> counts = new TreeMap<>();
        for (AllocEntry entry : of(tenant).entries()) {
            if (entry.calls() != 0 || entry.bytes() != 0) {
                counts.put(entry.code(), entry.counts());
            }
        }
        return counts;
    }

    long recordedBytes() {
        return pages.tagger().totals().bytes();
    }

    long untrackedBytes() {
        return pages.tagger().totals().untracked().orElse(-1);
    }

    StorageFacts storage() {
        return pages.tagger().storage();
    }

    long contentId() {
        return profiler.contentId();
    }

    /** Waits until everything that was to be logged has been logged, and the policy with it been carried out. */
    void settle() {
        profiler.flush();
    }

    static void print(AllocInfo info, PrintStream out) {
        final StringBuilder text = new StringBuilder();
        try {
            AllocInfoText.V2_0.write(info, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        text.toString().lines().forEach(line -> out.println("    " + line));
    }
}
