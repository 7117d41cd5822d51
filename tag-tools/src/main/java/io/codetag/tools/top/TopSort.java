package io.codetag.tools.top;

import java.util.Comparator;

/**
 * The orders of the live table.
 *
 * @since 0.1
 */
public enum TopSort {
    /** Most bytes first. */
    BYTES,
    /** Most calls first. */
    CALLS,
    /** Those first that grew most since the start. */
    GROWTH,
    /** Those first that grow fastest now. */
    RATE;

    Comparator<TopRow> comparator() {
        final Comparator<TopRow> first =
                switch (this) {
                    case BYTES -> Comparator.comparingLong(row -> -row.bytes());
                    case CALLS -> Comparator.comparingLong(row -> -row.calls());
                    case GROWTH -> Comparator.comparingLong(row -> -row.growth());
                    case RATE -> Comparator.comparingDouble(row -> -row.rate());
                };
        return first.thenComparingLong(row -> -row.bytes())
                .thenComparing(row -> row.place().toString());
    }
}
