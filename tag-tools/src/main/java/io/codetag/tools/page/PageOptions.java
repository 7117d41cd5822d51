package io.codetag.tools.page;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a page is served.
 *
 * @param address where to listen
 * @param hostNames names by which the page may be called, beside {@code localhost} and addresses; in lower case
 * @param title the title
 * @param interval how long a page waits between two questions
 * @param history so many moments are remembered for the timeline
 * @param top so many tags have metrics of their own
 * @param token who has it may switch recording on and off; null if nobody may
 * @param timeout a request that takes longer is cut off
 */
public record PageOptions(
        InetSocketAddress address,
        Set<String> hostNames,
        String title,
        Duration interval,
        int history,
        int top,
        @Nullable String token,
        Duration timeout) {
    /**
     * Copies the names.
     *
     * @param address where to listen
     * @param hostNames names by which the page may be called
     * @param title the title
     * @param interval how long a page waits
     * @param history so many moments are remembered
     * @param top so many tags have metrics of their own
     * @param token who has it may switch
     * @param timeout when a request is cut off
     */
    public PageOptions {
        hostNames = Set.copyOf(hostNames);
    }
}
