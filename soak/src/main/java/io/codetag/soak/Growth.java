package io.codetag.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Whether memory that is used after garbage collections stays flat, but for what each tag costs whose id is never used
 * again: with counters ids return, so nothing may grow; with a census each id that was handed out keeps its memory.
 */
final class Growth {
    /** What a tag that has gone may keep: its record, its place, its share of its module. */
    static final long BYTES_PER_ID = 400;

    private static final int LEAST = 8;
    private static final long ALLOWED_BYTES = 2 << 20;

    private final List<Sample> samples = new ArrayList<>();

    /** What was used when so many ids had been in use. */
    private record Sample(long usedBytes, long ids) {}

    /** Collects garbage and takes note of what is left, and of the largest code there was until now. */
    void measure(long ids) {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        add(runtime.totalMemory() - runtime.freeMemory(), ids);
    }

    void add(long usedBytes, long ids) {
        samples.add(new Sample(usedBytes, ids));
    }

    /** Returns by how much the median of the last quarter is above that of the second, in bytes. */
    long bytes() {
        return difference(Sample::usedBytes);
    }

    /** Returns how many ids more had been handed out in the last quarter than in the second. */
    long ids() {
        return difference(Sample::ids);
    }

    boolean isFlat() {
        return bytes() <= ALLOWED_BYTES + ids() * BYTES_PER_ID;
    }

    @Override
    public String toString() {
        if (samples.isEmpty()) {
            return "not measured";
        }
        final Sample first = samples.get(0);
        final Sample last = samples.get(samples.size() - 1);
        return String.format(
                Locale.ROOT,
                "%.1f MiB first, %.1f MiB last; from the second to the last quarter of %d measurements %+.2f MiB and"
                        + " %d ids never used before%s",
                mebibytes(first.usedBytes),
                mebibytes(last.usedBytes),
                samples.size(),
                mebibytes(bytes()),
                ids(),
                ids() == 0 ? "" : ", " + bytes() / ids() + " bytes for each");
    }

    private long difference(ToLongFunction<Sample> value) {
        final int count = samples.size();
        return count < LEAST
                ? 0
                : median(samples.subList(count * 3 / 4, count), value)
                        - median(samples.subList(count / 4, count / 2), value);
    }

    private static long median(List<Sample> part, ToLongFunction<Sample> value) {
        final long[] sorted = part.stream().mapToLong(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }
}
