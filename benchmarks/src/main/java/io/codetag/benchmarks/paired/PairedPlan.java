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
 * @param threads how many do it at the same time
 * @param variants the variants; the first is the baseline
 * @param warmUpMillis how long to run for the JIT
 * @param measureMillis how long to measure
 */
public record PairedPlan(
        Workload workload, long pages, int threads, List<Variant> variants, long warmUpMillis, long measureMillis) {
    private static final long SAMPLE_NANOS = 300_000;

    /** Returns the name of what is measured, for result files. */
    String group() {
        return workload.label()
                + (threads == 1 ? "" : ", " + threads + " threads")
                + (workload.fillsPages() ? String.format(Locale.ROOT, ", %,d pages", pages) : "");
    }

    long sampleNanos() {
        return SAMPLE_NANOS;
    }

    /** Returns the heap that the flag words and references of all variants need, in MiB. */
    long heapMebibytes() {
        final long perVariant = workload.fillsPages() ? (pages * 14) >> 20 : 16; // a word, a slot, an escaped reference
        return 512 + perVariant * variants.size() * 5 / 4;
    }

    /** Returns this plan for a command line. */
    String format() {
        return String.join(
                ";",
                workload.label(),
                Long.toString(pages),
                Integer.toString(threads),
                variants.stream().map(Variant::name).collect(Collectors.joining("|")),
                Long.toString(warmUpMillis),
                Long.toString(measureMillis));
    }

    static PairedPlan parse(String text) {
        final String[] parts = text.split(";", -1);
        final List<Variant> variants = Arrays.stream(parts[3].split("\\|"))
                .map(name -> Variant.all().stream()
                        .filter(variant -> variant.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new PairedPlan(
                Workload.of(parts[0]),
                Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]),
                variants,
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]));
    }
}
