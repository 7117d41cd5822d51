package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one tag changed from one snapshot to the next.
 *
 * @param place its place in the newer snapshot; in the older one if it is gone
 * @param declaration its declaration; null if that is not known
 * @param older what was live; null if the tag was not there
 * @param newer what is live; null if the tag is gone
 * @since 0.1
 */
public record AllocDelta(
        CodeTag place,
        @Nullable CodeTag declaration,
        @Nullable AllocCounts older,
        @Nullable AllocCounts newer) {
    /**
     * The ways a tag changes.
     *
     * @since 0.1
     */
    public enum Change {
        /** Only in the newer snapshot. */
        NEW,
        /** Only in the older snapshot. */
        GONE,
        /** More bytes; or as many, and more calls. */
        GROWN,
        /** Fewer bytes; or as many, and fewer calls. */
        SHRUNK,
        /** The same bytes and calls. */
        SAME
    }

    /**
     * Checks that the tag is in one of the snapshots.
     *
     * @param place its place
     * @param declaration its declaration
     * @param older what was live
     * @param newer what is live
     */
    public AllocDelta {
        Objects.requireNonNull(place, "place");
        if (older == null && newer == null) {
            throw new IllegalArgumentException("the tag has to be in one of the snapshots");
        }
    }

    /**
     * Says how the tag changed.
     *
     * @return the change
     */
    public Change change() {
        if (older == null) {
            return Change.NEW;
        }
        if (newer == null) {
            return Change.GONE;
        }
        final long sign = newer.bytes() != older.bytes()
                ? Long.compare(newer.bytes(), older.bytes())
                : Long.compare(newer.calls(), older.calls());
        return sign == 0 ? Change.SAME : sign > 0 ? Change.GROWN : Change.SHRUNK;
    }

    /**
     * Returns the difference.
     *
     * @return newer minus older; a side without the tag counts as 0
     */
    public AllocCounts delta() {
        final AllocCounts to = newer == null ? AllocCounts.ZERO : newer;
        final AllocCounts from = older == null ? AllocCounts.ZERO : older;
        return to.minus(from);
    }
}
