package io.codetag.core;

import io.codetag.AllocCounts;
import java.util.Comparator;
import java.util.List;

/**
 * What changed from one snapshot to the next, largest change first.
 *
 * <p>A tag of one snapshot is that of the other if both have the same declaration in the same module, wherever it was
 * used first. Where one side does not know the declaration (a report that was read from text), the place decides.
 * Entries of one snapshot that are the same tag by this rule are added up.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param deltas every tag of either snapshot, by the absolute difference in bytes, then in calls, then by place
 * @since 0.1
 */
public record AllocDiff(List<AllocDelta> deltas) {
    private static final Comparator<Keyed> LARGEST = Comparator.<Keyed>comparingLong(keyed -> -keyed.bytes())
            .thenComparingLong(keyed -> -keyed.calls())
            .thenComparing(Keyed::key);

    /**
     * Copies the list and orders it.
     *
     * @param deltas every tag of either snapshot
     */
    public AllocDiff {
        deltas = deltas.stream()
                .map(Keyed::new)
                .sorted(LARGEST)
                .map(Keyed::delta)
                .toList();
    }

    /**
     * Returns the tags that changed in any way.
     *
     * @return all but {@link AllocDelta.Change#SAME}, largest change first
     */
    public List<AllocDelta> changed() {
        return deltas.stream()
                .filter(delta -> delta.change() != AllocDelta.Change.SAME)
                .toList();
    }

    /**
     * Returns the tags that changed in one way.
     *
     * @param change the way
     * @return those tags, largest change first
     */
    public List<AllocDelta> changed(AllocDelta.Change change) {
        return deltas.stream().filter(delta -> delta.change() == change).toList();
    }

    /**
     * Adds up all differences.
     *
     * @return what the newer snapshot has more than the older
     */
    public AllocCounts total() {
        AllocCounts sum = AllocCounts.ZERO;
        for (AllocDelta delta : deltas) {
            sum = sum.plus(delta.delta());
        }
        return sum;
    }

    /** A delta with what is compared, once rather than at each comparison. */
    private record Keyed(AllocDelta delta, long bytes, long calls, PlaceKey key) {
        Keyed(AllocDelta delta) {
            this(
                    delta,
                    magnitude(delta.delta().bytes()),
                    magnitude(delta.delta().calls()),
                    PlaceKey.of(delta.place()));
        }

        private static long magnitude(long difference) {
            return difference == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(difference);
        }
    }
}
