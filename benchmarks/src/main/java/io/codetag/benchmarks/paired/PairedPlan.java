package io.codetag.benchmarks.paired;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What one launch of the paired harness does.
 *
 * @param workload what is done with pages
 * @param pages how many there are
 * @param tags how many tags are used
 * @param threads how many do it at the same time
 * @param variants the variants; the first is the baseline
 * @param warmUpMillis how long to run for the JIT
 * @param measureMillis how long to measure
 */
public record PairedPlan(
        Workload workload,
        long pages,
        int tags,
        int threads,
        List<Variant> variants,
        long warmUpMillis,
        long measureMillis) {
    private static final long SAMPLE_NANOS = 300_000;
    private static final int FEW_TAGS = 2;

    /** A word of 8 bytes, a quarter for what finds free blocks, slots of some variants, and room for the collector. */
    private static final double BYTES_PER_PAGE = 9.6;

    /** Makes a plan for the two tags that most works use. */
    public static PairedPlan of(Workload workload, long pages, int threads, List<Variant> variants, boolean quick) {
        return new PairedPlan(workload, pages, FEW_TAGS, threads, variants, quick ? 1_000 : 4_000, quick ? 500 : 6_000);
    }

    /** Returns the same with another number of tags. */
    public PairedPlan withTags(int count) {
        return new PairedPlan(workload, pages, count, threads, variants, warmUpMillis, measureMillis);
    }

    /** Returns the same with another time to measure, and to warm up. */
    public PairedPlan lasting(long millis) {
        return new PairedPlan(workload, pages, tags, threads, variants, millis, millis);
    }

    /** Returns the name of what is measured, for result files. */
    public String group() {
        return workload.label()
                + (threads == 1 ? "" : ", " + threads + " threads")
                + (workload.fillsPages() ? String.format(Locale.ROOT, ", 2^%d pages", log2(pages)) : "")
                + (tags == FEW_TAGS ? "" : String.format(Locale.ROOT, ", %,d tags", tags));
    }

    private static int log2(long number) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
    }

    long sampleNanos() {
        return SAMPLE_NANOS;
    }

    /** Returns the heap that the flag words and references of all variants need, in MiB. */
    public long heapMebibytes() {
        return 512 + variants.size() * (workload.fillsPages() ? (long) (pages * BYTES_PER_PAGE) >> 20 : 32);
    }

    /** Returns this plan for a command line. */
    String format() {
        return String.join(
                ";",
                workload.label(),
                Long.toString(pages),
                Integer.toString(tags),
                Integer.toString(threads),
                variants.stream().map(Variant::name).collect(Collectors.joining("|")),
                Long.toString(warmUpMillis),
                Long.toString(measureMillis));
    }

    static PairedPlan parse(String text) {
        final String[] parts = text.split(";", -1);
        final List<Variant> variants =
                Arrays.stream(parts[4].split("\\|")).map(Variant::of).toList();
        return new PairedPlan(
                Workload.of(parts[0]),
                Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                variants,
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }
}
