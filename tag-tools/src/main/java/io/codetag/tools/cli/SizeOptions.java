package io.codetag.tools.cli;

import io.codetag.core.AllocFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Bounds and accuracy, which only a report has, and not a difference. */
final class SizeOptions {
    @Option(
            names = "--min",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "At least so many live bytes: 4096, 64K, 1.5G.")
    @Nullable
    Long min;

    @Option(
            names = "--max",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "At most so many live bytes.")
    @Nullable
    Long max;

    @Option(
            names = "--accurate",
            paramLabel = "yes|no",
            converter = YesNo.Converter.class,
            description = "Only tags that are accurate, or only those that are not.")
    @Nullable
    YesNo accurate;

    /** Returns the filter that has these conditions too. */
    AllocFilter and(FilterOptions place) {
        final AllocFilter.Builder filter = place.builder();
        if (min != null) {
            filter.minBytes(min);
        }
        if (max != null) {
            filter.maxBytes(max);
        }
        if (accurate != null) {
            filter.accurate(accurate == YesNo.YES);
        }
        return filter.build();
    }
}
