package io.codetag.tools.cli;

import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import io.codetag.tools.report.SeriesWriter;
import io.codetag.tools.source.ReportSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes samples over time. */
@Command(
        name = "watch",
        description = "Takes samples over time and appends them to a series.",
        footer = {
            "",
            "The series is a file of lines, one JSON object a sample, each written whole. It goes on if it is there.",
            "Without --output the lines go to standard output. Progress goes to standard error.",
            "Ends after --count samples, on Ctrl-C, or when the source goes away (status 2; what was taken is kept).",
            ExitStatus.HELP,
            "",
            "Examples:",
            "  allocinfo watch 4711 --interval 10s --output series.jsonl",
            "  sudo allocinfo watch --kernel --interval 1m --count 60 -o kernel.jsonl",
            "  allocinfo watch 4711 --count 3 --interval 1s | allocinfo leaks -"
        })
final class WatchCommand implements Callable<Integer> {
    @Mixin
    final OneSource source;

    @Mixin
    final FilterOptions filter = new FilterOptions();

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "From one sample to the next (default: 10s).")
    Duration interval = Duration.ofSeconds(10);

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            converter = CountConverter.class,
            description = "How many samples (default: until it is stopped).")
    @Nullable
    Integer count;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The series; standard output if not given, or -.")
    @Nullable
    String output;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress.")
    boolean quiet;

    private final Streams streams;

    WatchCommand(Streams streams) {
        this.streams = streams;
        this.source = new OneSource(streams);
    }

    @Override
    public Integer call() throws Exception {
        try (ReportSource from = source.open()) {
            final Sample first = sample(from); // what cannot be read leaves no file behind
            if (output == null || output.equals("-")) {
                watch(from, first, sample -> {
                    streams.out().write(SeriesWriter.line(sample));
                    streams.out().flush();
                });
            } else {
                try (SeriesWriter series = SeriesWriter.open(Path.of(output))) {
                    series.note().ifPresent(note -> streams.err().println("allocinfo: " + note));
                    watch(from, first, series::append);
                }
            }
        }
        return ExitStatus.OK;
    }

    private void watch(ReportSource from, Sample first, Target target) throws Exception {
        final Pace pace = new Pace(interval);
        Sample sample = first;
        for (int taken = 1; ; taken++) {
            target.take(sample);
            progress(taken, sample);
            if (count != null && taken >= count) {
                return;
            }
            pace.await();
            sample = sample(from);
        }
    }

    private Sample sample(ReportSource from) throws ReportException {
        final Sample read = source.options.read(from).last();
        return new Sample(read.takenAt(), read.info().filter(filter.filter()));
    }

    private void progress(int taken, Sample sample) {
        if (!quiet) {
            streams.err()
                    .println(sample.takenAt() + "  sample " + taken + (count == null ? "" : " of " + count) + ": "
                            + Text.count(sample.info().entries().size(), "tag", "tags") + ", "
                            + Text.count(Math.max(0, sample.info().total().bytes()), "byte", "bytes"));
        }
    }

    /** Where samples go. */
    private interface Target {
        void take(Sample sample) throws java.io.IOException, ReportException;
    }
}
