package io.codetag.examples.pagecache;

import io.codetag.StorageFacts;
import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.HumanBytes;
import io.codetag.core.Profiler;
import io.codetag.core.ProfilerTotals;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;

/** Prints what is held, by whom, where that is noted, and whether it adds up. */
final class Report {
    private static final int LARGEST = 16;

    private Report() {}

    /**
     * Prints the report while everything is still held.
     *
     * @param out where to
     * @param pool all page memory
     * @param facts what was done
     * @param skips what was skipped
     * @return whether all bytes are accounted for and nothing was found to differ
     */
    static boolean print(PrintStream out, PagePool pool, JobFacts facts, Skips skips) {
        final Balance balance = Balance.of(pool.allocator());
        out.println();
        printTags(out, Profiler.get().snapshot());
        out.println();
        for (StorageFacts storage : Profiler.get().storage()) {
            printStorage(out, storage);
        }
        printProfiler(out, Profiler.get().totals(), balance);
        printWork(out, facts);
        out.println("skipped    " + skips);
        out.println("balance    " + balance);
        return balance.holds() && facts.mismatches() == 0;
    }

    /**
     * Prints what is still allocated when everything has been closed.
     *
     * @param out where to
     * @param pool all page memory
     * @return whether that is nothing
     */
    static boolean printLeft(PrintStream out, PagePool pool) {
        final long left = pool.allocator().allocatedBytes();
        out.printf("closed     %,d bytes left%n", left);
        return left == 0;
    }

    private static void printTags(PrintStream out, AllocInfo info) {
        out.println("    bytes   calls  tag");
        for (AllocEntry entry : info.top(LARGEST).entries()) {
            if (entry.counts().calls() > 0) {
                out.printf(
                        "%9s  %6d  %s%n",
                        HumanBytes.format(entry.counts().bytes()),
                        entry.counts().calls(),
                        entry.place());
            }
        }
    }

    private static void printStorage(PrintStream out, StorageFacts facts) {
        out.printf(
                "storage    %s: %s, %d of %d unused bits, %,d tags fit, %,d wanted; overflow: %s, %s%n",
                facts.allocator(),
                facts.store(),
                facts.bits(),
                facts.unusedBits(),
                facts.addressableTags(),
                facts.neededTags(),
                facts.policy().name().toLowerCase(Locale.ROOT),
                facts.overflowStore() == null ? "no second store" : "to " + facts.overflowStore());
        out.println("           why: " + Objects.requireNonNullElse(facts.disabledReason(), facts.reason()));
    }

    private static void printProfiler(PrintStream out, ProfilerTotals totals, Balance balance) {
        out.printf(
                "profiler   %s of its own, %.2f %% of the pages%n",
                HumanBytes.format(totals.ownBytes()), 100.0 * totals.ownBytes() / Math.max(1, balance.allocated()));
    }

    private static void printWork(PrintStream out, JobFacts facts) {
        final double seconds = facts.nanos() / 1e9;
        out.printf(
                "work       %d files, %s; %d entries of %d archives, inflated %s; %s looked at twice, %d differ%n",
                facts.files(),
                HumanBytes.format(facts.fileBytes()),
                facts.entries(),
                facts.archives(),
                HumanBytes.format(facts.inflatedBytes()),
                HumanBytes.format(facts.comparedBytes()),
                facts.mismatches());
        final CacheFacts cache = facts.cache();
        out.printf(
                "cache      %s of %s in %d blocks; %d look-ups, %.1f %% hits; %d blocks evicted%n",
                HumanBytes.format(cache.bytes()),
                HumanBytes.format(cache.capacity()),
                cache.blocks(),
                cache.hits() + cache.misses(),
                cache.hitPercent(),
                cache.evictions());
        final long processed = facts.fileBytes() + facts.inflatedBytes() + facts.comparedBytes();
        out.printf("time       %.1f s, %s a second%n", seconds, HumanBytes.format((long) (processed / seconds)));
    }
}
