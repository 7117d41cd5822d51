package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.OverflowPolicy;
import io.codetag.ProfilingState;
import io.codetag.StorageFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is logged when an allocator comes, goes, or cannot serve. */
final class StorageMessages {
    private StorageMessages() {}

    /** Logs the one line that tells where references are kept, and a warning beside it if there is one. */
    static void announce(
            StorageFacts facts, StoreChoice choice, @Nullable Throwable failure, Accounting asked, boolean census) {
        if (failure != null) {
            Daemon.warn(Message.STORE_FAILED, "allocator '" + facts.allocator() + "': " + choice.reason(), failure);
        } else if (choice.warning() != null) {
            Daemon.warn(choice.warningMessage(), choice.warning());
        }
        if (asked == Accounting.CENSUS && !census && facts.disabledReason() == null) {
            Daemon.warn(
                    Message.NO_CENSUS,
                    "allocator '" + facts.allocator() + "' does not say how to find its blocks (PageSpec.Builder.orders"
                            + " or wordOrders), so that a census would find references without sizes; its blocks are"
                            + " counted by counters");
        }
        Daemon.info(Message.STORAGE_CHOSEN, describe(facts) + (census ? "; counted by census" : ""));
    }

    static String describe(StorageFacts facts) {
        final StringBuilder text = new StringBuilder("allocator '").append(facts.allocator());
        if (facts.disabledReason() != null) {
            return text.append("': pages are not profiled: ")
                    .append(facts.disabledReason())
                    .toString();
        }
        text.append("': references in ").append(facts.store());
        if (facts.bits() > 0) {
            text.append(" (")
                    .append(facts.bits())
                    .append(" of ")
                    .append(facts.unusedBits())
                    .append(" unused bits)");
        }
        text.append(", ")
                .append(facts.addressableTags())
                .append(" tags addressable, ")
                .append(facts.neededTags())
                .append(" needed, overflow ")
                .append(Settings.name(facts.policy()));
        if (facts.overflowStore() != null && facts.policy() != OverflowPolicy.DISABLE) {
            text.append(" to ").append(facts.overflowStore());
        }
        return text.append("; ").append(facts.reason()).toString();
    }

    static void detached(TagRegistry registry, Attachment attachment, Message message) {
        final List<Reading> read = attachment.read();
        final AllocCounts live = Readings.total(read, registry.codeBound());
        if (live.calls() == 0) {
            return;
        }
        TagRecord largest = null;
        long bytes = 0;
        for (TagRecord record : registry.snapshot()) {
            final long own = Readings.live(read, record.code()).bytes();
            if (own > bytes) {
                largest = record;
                bytes = own;
            }
        }
        final String how = message == Message.ALLOCATOR_CLOSED_LIVE ? "closed" : "collected without being closed";
        Daemon.warn(
                message,
                "allocator '" + attachment.name() + "' was " + how + " while " + live.bytes() + " bytes in "
                        + live.calls() + " blocks were live; they have been credited"
                        + (largest == null
                                ? ""
                                : ", the most to " + PlaceText.of(largest.place()) + " (" + bytes + " bytes)"));
    }

    static void top(String heading, AllocInfo info, ProfilingState state) {
        Daemon.warn(Message.ALLOCATION_FAILED, heading + "\n" + TopTags.message(info, state));
    }
}
