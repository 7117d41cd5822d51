package io.codetag.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Two programs, and a Prometheus that scrapes both each second, with the configuration and the alert rules of
 * {@code docs/prometheus}. One program leaks and has a series for each tag; the other does not, and has two. Each is under
 * load for some seconds, then quiet: the first for 17, so that it still works when a Prometheus that was slow to start has
 * scraped it several times. They run once for all tests that want them.
 */
final class Fleet implements AutoCloseable {
    static final Path DOCS = Path.of("..", "docs");
    static final int FEW = 2;

    final LeakHunt leaking;
    final LeakHunt repaired;
    final Prometheus prometheus;
    private final Path folder;

    private Fleet(LeakHunt leaking, LeakHunt repaired, Path folder) throws Exception {
        this.leaking = leaking;
        this.repaired = repaired;
        this.folder = folder;
        this.prometheus = Prometheus.start(configure());
    }

    static Fleet start() throws Exception {
        final Path folder = Files.createTempDirectory("codetag-prometheus");
        final LeakHunt leaking = LeakHunt.start("--requests", "7000", "--rate", "400");
        final LeakHunt repaired =
                LeakHunt.start("--requests", "4000", "--rate", "400", "--repaired", "--top", String.valueOf(FEW));
        try {
            return new Fleet(leaking, repaired, folder);
        } catch (Exception | AssertionError failed) {
            leaking.close();
            repaired.close();
            throw failed;
        }
    }

    /** Takes what is documented, and changes whom it scrapes and how often. */
    private Path configure() throws Exception {
        Files.copy(DOCS.resolve("prometheus/codetag-alerts.yml"), folder.resolve("codetag-alerts.yml"));
        final String documented = Files.readString(DOCS.resolve("prometheus/prometheus.yml"));
        final String configured = replace(
                replace(documented, "_interval: 15s", "_interval: 1s"),
                "- 127.0.0.1:8080",
                "- " + leaking.instance() + "\n          - " + repaired.instance());
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
        final String expression = "count_over_time(up{instance=\"" + program.instance() + "\"}[1h])";
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
