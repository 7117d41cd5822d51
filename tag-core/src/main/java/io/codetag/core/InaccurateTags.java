package io.codetag.core;

import java.util.List;

/**
 * The tags of one profiler whose counters are not exact any more: each is marked at once, and told as soon as there is
 * memory for the message.
 *
 * <p><b>Thread safety.</b> Safe; marking takes no lock.
 */
final class InaccurateTags {
    private final TagRegistry registry;

    /** Whether there may be a tag of which it was not said yet that its counters could not be kept. */
    private volatile boolean untold;

    InaccurateTags(TagRegistry registry) {
        this.registry = registry;
    }

    /** Marks a tag whose reference was lost. */
    void mark(int code) {
        final TagRecord record = registry.record(code);
        if (record != null) {
            record.markInaccurate();
        }
    }

    /** Marks a tag whose counters could not be kept, and says so: at once, or when there is memory for the message. */
    void loseCounts(int code) {
        final TagRecord record = registry.record(code);
        if (record != null && record.isAccurate()) {
            record.loseCounts();
            untold = true;
            try {
                Daemon.execute(() -> tell(record));
            } catch (OutOfMemoryError again) {
                return; // the report tells it too
            }
        }
    }

    /** Marks every tag that owns pages of an allocator; they cannot be credited any more. */
    void markOwners(Attachment attachment) {
        final List<Reading> read = attachment.read();
        for (TagRecord record : registry.snapshot()) {
            // A census of a failed store finds nothing: each tag may own pages there.
            if (attachment.isCensus() || Readings.live(read, record.code()).calls() != 0) {
                record.markInaccurate();
            }
        }
    }

    /** Says of each tag that lost its counts, once. */
    void tellUntold() {
        if (untold) {
            untold = false;
            registry.snapshot().forEach(InaccurateTags::tell);
        }
    }

    private static void tell(TagRecord record) {
        if (record.tellLoss()) {
            Daemon.warn(
                    Message.COUNTERS_INACCURATE,
                    "the counters of " + PlaceText.of(record.place()) + " are not exact any more");
        }
    }
}
