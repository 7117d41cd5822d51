package io.codetag.tools.cli;

import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Strictness;
import io.codetag.tools.source.ReportSource;
import io.codetag.tools.source.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How sources are opened. */
public final class SourceOptions {
    @Option(
            names = "--profiler",
            paramLabel = "NAME",
            description = "The profiler to ask, where a program has several.")
    @Nullable
    String profiler;

    @Option(
            names = "--strict",
            description = "Refuse text reports with sizes below zero, places that occur twice, unknown markers.")
    boolean strict;

    private final Streams streams;

    SourceOptions(Streams streams) {
        this.streams = streams;
    }

    /**
     * Opens a source.
     *
     * @param name what the person calls it
     * @return the source
     * @throws ReportException if it cannot be opened
     */
    public ReportSource open(String name) throws ReportException {
        return sources().open(name);
    }

    /**
     * Opens a source, reads it once, and tells the person what is odd about it.
     *
     * @param name what the person calls it
     * @return what was read
     * @throws ReportException if it cannot be read
     */
    public Reading read(String name) throws ReportException {
        try (ReportSource source = open(name)) {
            return read(source);
        }
    }

    /** Reads a source and tells the person what is odd about it. */
    Reading read(ReportSource source) throws ReportException {
        final Reading reading = source.read();
        reading.notes().forEach(note -> streams.err().println("allocinfo: " + source.name() + ": " + note));
        return reading;
    }

    Sources sources() {
        return new Sources(strict ? Strictness.STRICT : Strictness.LENIENT, profiler, streams.in());
    }
}
