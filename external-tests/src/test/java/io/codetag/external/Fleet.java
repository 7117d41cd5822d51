package io.codetag.external;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Two programs, and a Prometheus that scrapes both each second, with the configuration and the alert rules of
 * {@code docs/prometheus}. One program leaks and has a series for each tag; the other does not, and has two. Each is under
 * load for some seconds, then quiet. Prometheus takes its time to learn whom to scrape, so the programs start when it has
 * asked for both in vain: it then sees their whole life. They run once for all tests that want them.
 */
final class Fleet implements AutoCloseable {
    static final Path DOCS = Path.of("..", "docs");
    static final int FEW = 2;

    final LeakHunt leaking;
    final LeakHunt repaired;
    final Prometheus prometheus;
    private final Path folder;

    private Fleet(LeakHunt leaking, LeakHunt repaired, Prometheus prometheus, Path folder) {
        this.leaking = leaking;
        this.repaired = repaired;
        this.prometheus = prometheus;
        this.folder = folder;
    }

    static Fleet start() throws Exception {
        final Path folder = Files.createTempDirectory("codetag-prometheus");
        final String port = freePort("");
        final String other = freePort(port);
        final Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            final Prometheus prometheus = Prometheus.start(configure(folder, port, other));
            started.push(prometheus);
            Waiting.until(
                    "both are scraped", () -> prometheus.value("count(up)").filter(count -> count == 2));
            final LeakHunt leaking = LeakHunt.start("--port", port, "--requests", "7000", "--rate", "400");
            started.push(leaking);
            return new Fleet(
                    leaking,
                    LeakHunt.start(
                            "--port", other, "--requests", "4000", "--rate", "400", "--repaired", "--top", "" + FEW),
                    prometheus,
                    folder);
        } catch (Exception | AssertionError failed) {
            for (AutoCloseable each : started) {
                each.close();
            }
            throw failed;
        }
    }

    /** Returns a port that no connection gets by itself: systems hand out those from 32 768 or 49 152 on. */
    private static String freePort(String taken) throws IOException {
        IOException failed = new IOException("no port is free");
        for (int attempt = 0; attempt < 100; attempt++) {
            final int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!taken.equals("" + free.getLocalPort())) {
                    return "" + free.getLocalPort();
                }
            } catch (IOException inUse) {
                failed = inUse;
            }
        }
        throw failed;
    }

    /** Takes what is documented, and changes whom it scrapes and how often. */
    private static Path configure(Path folder, String port, String other) throws Exception {
        Files.copy(DOCS.resolve("prometheus/codetag-alerts.yml"), folder.resolve("codetag-alerts.yml"));
        final String documented = Files.readString(DOCS.resolve("prometheus/prometheus.yml"));
        final String configured = replace(
                replace(documented, "_interval: 15s", "_interval: 1s"),
                "- 127.0.0.1:8080",
                "- 127.0.0.1:" + port + "\n          - 127.0.0.1:" + other);
        return Files.writeString(folder.resolve("prometheus.yml"), configured);
    }

    private static String replace(String text, String part, String by) {
        if (!text.contains(part)) {
            throw new AssertionError(part + " is not in\n" + text);
        }
        return text.replace(part, by);
    }

    /** Waits until a program is quiet and Prometheus has scraped it after that. */
    void awaitQuiet(LeakHunt program) throws Exception {
        // The values that are scraped may be half a second old.
        final double quiet = program.await("quiet").toEpochMilli() / 1000.0 + 0.5;
        final String scraped = "timestamp(up{instance=\"" + program.instance() + "\"})";
        Waiting.until("it was scraped", () -> prometheus.value(scraped).filter(time -> time > quiet));
    }

    /** Waits until a program was scraped so often that all its series are there, and some rates. */
    void awaitScrapes(LeakHunt program, int scrapes) throws Exception {
        final String expression = "sum_over_time(up{instance=\"" + program.instance() + "\"}[1h])";
        Waiting.until(
                "it was scraped " + scrapes + " times",
                () -> prometheus.value(expression).filter(count -> count >= scrapes));
    }

    @Override
    public void close() throws IOException {
        prometheus.close();
        leaking.close();
        repaired.close();
        try (Stream<Path> files = Files.walk(folder)) {
            final List<Path> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    /** Hands the fleet to tests. */
    static final class Provider implements TestInstancePreConstructCallback, ParameterResolver {
        private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Fleet.class);

        private static Fleet fleet(ExtensionContext context) {
            return context.getRoot().getStore(SPACE).getOrComputeIfAbsent(Fleet.class, key -> started(), Fleet.class);
        }

        private static Fleet started() {
            try {
                return start();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        /** Before each test and not once before all: a class that is left out as a whole would count as no test at all. */
        @Override
        public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
            ExternalProgram.PROMETHEUS.require();
            fleet(context);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Fleet.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return fleet(context);
        }
    }
}
