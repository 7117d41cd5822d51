package io.codetag.tools;

import io.codetag.core.Profiler;
import io.codetag.tools.page.PageOptions;
import io.codetag.tools.page.PageServer;
import io.codetag.tools.page.ProfilerSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves a page that shows a profiler of this program, over HTTP and, unless told otherwise, to this machine only.
 *
 * <pre>{@code
 * try (LivePage page = LivePage.builder().port(7070).start()) {
 *     System.out.println(page.uri());
 *     …
 * }
 * }</pre>
 *
 * <table>
 *   <caption>Paths</caption>
 *   <tr><td>{@code /}<td>the page, which renews itself
 *   <tr><td>{@code /allocinfo}<td>the text report; {@code ?version=1.0}, filters
 *   <tr><td>{@code /allocinfo.json}<td>the JSON report; filters
 *   <tr><td>{@code /metrics}<td>OpenMetrics: the largest tags, and the rest as one
 *   <tr><td>{@code /debug/pprof/heap}<td>a profile for pprof; filters
 *   <tr><td>{@code /profiling}<td>POST {@code ?record=on} or {@code off}, if it was allowed
 * </table>
 *
 * <p>It reads, and changes nothing, unless {@link Builder#allowToggle} was called. No other site that the reader's browser
 * visits can read or write here. There are neither passwords nor encryption for reading: who reaches the address may read.
 *
 * <p>Each request takes one snapshot. Nothing runs while nobody asks. All threads are daemons.
 *
 * <p><b>Thread safety.</b> Safe; the builder is not.
 *
 * @since 0.1
 */
public final class LivePage implements AutoCloseable {
    private final PageServer server;

    private LivePage(PageServer server) {
        this.server = server;
    }

    /**
     * Begins to describe a page.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns where the page is.
     *
     * @return such as {@code http://127.0.0.1:7070/}
     */
    public URI uri() {
        return server.uri();
    }

    /** Stops serving; requests that are being answered are cut off. */
    @Override
    public void close() {
        server.close();
    }

    /**
     * Collects what a page needs. Not safe for use by several threads.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final int SHORTEST_TOKEN = 16;
        private static final int MAX_PORT = 65535;
        private static final int MAX_HISTORY = 100_000;
        private static final int MAX_TOP = 10_000;

        private @Nullable Profiler profiler;
        private InetAddress address = InetAddress.getLoopbackAddress();
        private int port;
        private final Set<String> hostNames = new HashSet<>();
        private String title = "Allocations";
        private Duration interval = Duration.ofSeconds(2);
        private int history = 600;
        private int top = 50;
        private @Nullable String token;

        private Builder() {}

        /**
         * Shows one profiler.
         *
         * @param shown the profiler; without this, the process-wide one
         * @return this
         */
        public Builder profiler(Profiler shown) {
            this.profiler = Objects.requireNonNull(shown, "shown");
            return this;
        }

        /**
         * Listens on one address.
         *
         * @param listening the address; without this, the loopback address. Beyond loopback anyone who reaches it may read
         * @return this
         */
        public Builder address(InetAddress listening) {
            this.address = Objects.requireNonNull(listening, "listening");
            return this;
        }

        /**
         * Listens on one port.
         *
         * @param number 0 to 65535; 0, the default, takes any that is free
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder port(int number) {
            this.port = checked("port", number, 0, MAX_PORT);
            return this;
        }

        /**
         * Answers to a name of this machine. By default the page answers to {@code localhost} and to addresses only, so
         * that a foreign name that leads here is of no use to its owner.
         *
         * @param name such as {@code node-7.example.org}, without a port
         * @return this
         */
        public Builder hostName(String name) {
            hostNames.add(name.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Names the page.
         *
         * @param text its title
         * @return this
         */
        public Builder title(String text) {
            this.title = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Says how often an open page renews itself; less often if answers take long.
         *
         * @param between from 100 milliseconds to a day; by default 2 seconds
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder interval(Duration between) {
            if (between.compareTo(Duration.ofMillis(100)) < 0 || between.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("interval is " + between + "; accepted: PT0.1S to PT24H");
            }
            this.interval = between;
            return this;
        }

        /**
         * Says how much the timeline remembers of what the readers saw. A moment takes about 4 KiB.
         *
         * @param moments 0 to 100 000; by default 600, which are 20 minutes at 2 seconds
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder history(int moments) {
            this.history = checked("history", moments, 0, MAX_HISTORY);
            return this;
        }

        /**
         * Says how many tags have metrics of their own; the rest is one series.
         *
         * @param tags 0 to 10 000; by default 50
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder metricsTop(int tags) {
            this.top = checked("metricsTop", tags, 0, MAX_TOP);
            return this;
        }

        /**
         * Allows whoever has a token to switch recording on and off.
         *
         * @param secret the token, at least 16 printable characters of ASCII, sent in the header {@code X-Codetag-Token}
         * @return this
         * @throws IllegalArgumentException if it is shorter, or has other characters; the message does not repeat it
         */
        public Builder allowToggle(String secret) {
            if (secret.length() < SHORTEST_TOKEN || !secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new IllegalArgumentException("the token is not accepted; it has to be at least " + SHORTEST_TOKEN
                        + " printable characters of ASCII without blanks");
            }
            this.token = secret;
            return this;
        }

        /**
         * Begins to serve.
         *
         * @return the page
         * @throws IOException if the address cannot be listened on; the message says why
         */
        public LivePage start() throws IOException {
            final Profiler shown = profiler == null ? Profiler.get() : profiler;
            final PageOptions options = new PageOptions(
                    new InetSocketAddress(address, port),
                    hostNames,
                    title,
                    interval,
                    history,
                    top,
                    token,
                    Duration.ofSeconds(30));
            return new LivePage(PageServer.start(new ProfilerSource(shown), options));
        }

        private static int checked(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " is " + value + "; accepted: " + least + " to " + most);
            }
            return value;
        }
    }
}
