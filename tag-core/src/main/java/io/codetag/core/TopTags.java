package io.codetag.core;

import io.codetag.ProfilingState;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest tags as lines for a log message: what an operator wants to see when an allocation has failed.
 *
 * <pre>
 * the 2 largest of 37 tags, profiling is on:
 *         148K       37 com/acme/cache/PageCache.java:214 func:readAhead
 *          80K       20 com/acme/plugin/Zip.java:94 [zip-plugin] func:inflate
 * </pre>
 *
 * <p>Takes no lock and waits for nothing. Names are escaped as in {@link AllocInfoText}, so that a name cannot forge a
 * line.
 *
 * @since 0.1
 */
public final class TopTags {
    /** How many tags are shown at most. */
    public static final int COUNT = 10;

    private TopTags() {}

    /**
     * Formats the largest tags. Tags that own nothing are left out.
     *
     * @param info the tags, in any order
     * @param state the state of profiling; only {@link ProfilingState#ON} is called on
     * @return the heading, then a line for each of at most {@link #COUNT} tags
     */
    public static List<String> lines(AllocInfo info, ProfilingState state) {
        final List<String> lines = new ArrayList<>(COUNT + 1);
        final StringBuilder line = new StringBuilder(128);
        for (AllocEntry entry : info.top(COUNT).entries()) {
            if (entry.bytes() > 0) {
                line.setLength(0);
                AllocInfoText.appendHumanLine(line, entry);
                lines.add(line.toString());
            }
        }
        lines.add(0, heading(lines.size(), info.entries().size(), state));
        return lines;
    }

    /**
     * Formats the largest tags as one message.
     *
     * @param info the tags, in any order
     * @param state the state of profiling
     * @return the lines, parted by line feeds
     */
    public static String message(AllocInfo info, ProfilingState state) {
        return String.join("\n", lines(info, state));
    }

    private static String heading(int shown, int tags, ProfilingState state) {
        final String profiling = "profiling is " + (state == ProfilingState.ON ? "on" : "off");
        if (shown == 0) {
            return "none of " + tags + " tags owns memory, " + profiling;
        }
        return "the " + shown + " largest of " + tags + " tags, " + profiling + ':';
    }
}
