package io.codetag.core;

/**
 * The orders of a report. Each is total: entries that tie are ordered by the remaining numbers, then by place, then by
 * code.
 *
 * @since 0.1
 */
public enum AllocOrder {
    /** Most bytes first, then most calls. */
    BYTES,
    /** Most calls first, then most bytes. */
    CALLS,
    /** By place: path, line, module (core tags first), function. */
    PLACE;

    /** Compares what comes before the place. */
    int compareNumbers(AllocEntry a, AllocEntry b) {
        final int bytes = Long.compare(b.bytes(), a.bytes());
        final int calls = Long.compare(b.calls(), a.calls());
        return switch (this) {
            case BYTES -> bytes != 0 ? bytes : calls;
            case CALLS -> calls != 0 ? calls : bytes;
            case PLACE -> 0;
        };
    }
}
