package io.codetag.tools.cli;

import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.source.ReportSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The one source of a command. */
public final class OneSource {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "SOURCE",
            description = "A process id, a JMX address (host:port or service:jmx:...), a file (text, JSON, series,"
                    + " recording), a folder (repository of recordings), - for standard input.")
    @Nullable
    String source;

    @Option(names = "--kernel", description = "Read the kernel's /proc/allocinfo.")
    boolean kernel;

    @Mixin
    final SourceOptions options;

    OneSource(Streams streams) {
        this.options = new SourceOptions(streams);
    }

    /**
     * Opens the source.
     *
     * @return the source
     * @throws ReportException if it cannot be opened
     */
    public ReportSource open() throws ReportException {
        final String name = source;
        if (kernel == (name != null)) {
            throw new ParameterException(
                    commandLine(),
                    kernel ? "SOURCE and --kernel exclude each other" : "SOURCE (or --kernel) is missing");
        }
        return name == null ? options.sources().kernel() : options.open(name);
    }

    /**
     * Opens the source, reads it once, and tells the person what is odd about it.
     *
     * @return what was read
     * @throws ReportException if it cannot be read
     */
    public Reading read() throws ReportException {
        try (ReportSource opened = open()) {
            return options.read(opened);
        }
    }

    private CommandLine commandLine() {
        if (command == null) {
            throw new IllegalStateException("not part of a command");
        }
        return command.commandLine();
    }
}
