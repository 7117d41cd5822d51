package io.codetag.tools.cli;

import io.codetag.tools.source.ReportSource;
import io.codetag.tools.top.Top;
import io.codetag.tools.top.TopSort;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Shows a live table. */
@Command(
        name = "top",
        description = "Shows a live table, as top(1) does.",
        footer = {
            "",
            "Keys: q quit, p pause; sort by b bytes, c calls, g growth since the start, r rate; filter by m module,",
            "f file, n function; x shows all, h toggles units; arrows and page keys scroll.",
            "Where there is no terminal, the table is written as plain lines again and again.",
            ExitStatus.HELP,
            "",
            "Examples:",
            "  allocinfo top 4711",
            "  allocinfo top 4711 --sort growth --module zip-plugin",
            "  sudo allocinfo top --kernel --interval 5s",
            "  allocinfo top 4711 --plain --count 3 --top 10"
        })
final class TopCommand implements Callable<Integer> {
    @Mixin
    final OneSource source;

    @Mixin
    final FilterOptions filter = new FilterOptions();

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "From one report to the next (default: 2s).")
    Duration interval = Duration.ofSeconds(2);

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            converter = CountConverter.class,
            description = "End after so many reports.")
    @Nullable
    Integer count;

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            converter = SortConverter.class,
            description = "bytes, calls, growth or rate (default: bytes).")
    TopSort sort = TopSort.BYTES;

    @Option(
            names = {"-H", "--human"},
            description = "Bytes in binary units, rounded up: 1.5K, 23M.")
    boolean human;

    @Option(names = "--plain", description = "Plain lines, even on a terminal.")
    boolean plain;

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "The most rows of a plain table (default: 20).")
    int rows = 20;

    private final Streams streams;

    TopCommand(Streams streams) {
        this.streams = streams;
        this.source = new OneSource(streams);
    }

    @Override
    public Integer call() throws Exception {
        final Top top = new Top(interval, sort, filter.filter(), human, count == null ? Integer.MAX_VALUE : count);
        try (ReportSource from = source.open()) {
            if (plain || !top.onTerminal(from)) {
                top.asLines(from, streams.out(), rows);
            }
        }
        return ExitStatus.OK;
    }

    /** Reads the order of the live table. */
    static final class SortConverter implements ITypeConverter<TopSort> {
        @Override
        public TopSort convert(String value) {
            return switch (value) {
                case "bytes" -> TopSort.BYTES;
                case "calls" -> TopSort.CALLS;
                case "growth" -> TopSort.GROWTH;
                case "rate" -> TopSort.RATE;
                default -> throw new TypeConversionException("'" + value + "'; accepted: bytes, calls, growth, rate");
            };
        }
    }
}
