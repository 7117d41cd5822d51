package io.codetag.core;

import io.codetag.AllocCounts;
import io.codetag.CodeTag;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One tag in a report.
 *
 * @param code the tag's code; 0 if the entry does not come from a profiler of this program
 * @param place where the tag was first used, with its module: what reports show
 * @param declaration where the tag was declared, with its module: what identifies it from one snapshot to the next; null
 *     if that is not known
 * @param counts what was live at the moment of reading
 * @param accurate false once something of this tag may have gone uncounted
 * @param unloaded whether the tag's module was unloaded
 * @since 0.1
 */
public record AllocEntry(
        int code,
        CodeTag place,
        @Nullable CodeTag declaration,
        AllocCounts counts,
        boolean accurate,
        boolean unloaded) {
    /**
     * Checks that place and counts are there.
     *
     * @param code the tag's code
     * @param place where the tag was first used
     * @param declaration where the tag was declared
     * @param counts what was live
     * @param accurate whether everything was counted
     * @param unloaded whether the tag's module was unloaded
     */
    public AllocEntry {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(counts, "counts");
    }

    /**
     * Returns the live bytes.
     *
     * @return bytes, as they were read
     */
    public long bytes() {
        return counts.bytes();
    }

    /**
     * Returns the live calls.
     *
     * @return calls, as they were read
     */
    public long calls() {
        return counts.calls();
    }
}
