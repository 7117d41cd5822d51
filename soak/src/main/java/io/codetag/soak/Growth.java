package io.codetag.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether memory that is used after garbage collections stays flat. */
final class Growth {
    private static final int LEAST = 8;
    private static final long ALLOWED_BYTES = 2 << 20;

    private final List<Long> used = new ArrayList<>();

    /** Collects garbage and takes note of what is left. */
    void measure() {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        used.add(runtime.totalMemory() - runtime.freeMemory());
    }

    /** Returns by how much the median of the last quarter is above that of the second, in bytes. */
    long bytes() {
        return used.size() < LEAST
                ? 0
                : median(used.size() * 3 / 4, used.size()) - median(used.size() / 4, used.size() / 2);
    }

    boolean isFlat() {
        return bytes() <= ALLOWED_BYTES;
    }

    @Override
    public String toString() {
        return used.isEmpty()
                ? "not measured"
                : String.format(
                        Locale.ROOT,
                        "%.1f MiB first, %.1f MiB last, %+.2f MiB from the second to the last quarter of %d measurements",
                        mebibytes(used.get(0)),
                        mebibytes(used.get(used.size() - 1)),
                        mebibytes(bytes()),
                        used.size());
    }

    private long median(int from, int to) {
        final long[] sorted =
                used.subList(from, to).stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }
}
