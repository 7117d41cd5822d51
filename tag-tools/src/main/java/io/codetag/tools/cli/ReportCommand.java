package io.codetag.tools.cli;

import io.codetag.tools.page.HtmlReport;
import io.codetag.tools.page.PageContent;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import io.codetag.tools.source.ReportSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws a report. */
@Command(
        name = "report",
        description = "Draws a report as one HTML file: treemap, icicle, table; a timeline of a series.",
        footer = {
            "",
            "The file needs no network and no other file. Of a series the last sample is drawn, and all of them over time.",
            "A file is written beside its place and moved there when it is whole.",
            ExitStatus.HELP,
            "",
            "Examples:",
            "  allocinfo report 4711 --output now.html",
            "  allocinfo report series.jsonl -o series.html",
            "  allocinfo report friday.json --baseline monday.json -o week.html",
            "  sudo allocinfo report --kernel -o kernel.html"
        })
final class ReportCommand implements Callable<Integer> {
    @Mixin
    final OneSource source;

    @Option(
            names = {"-b", "--baseline"},
            paramLabel = "SOURCE",
            description =
                    "An older report to compare with; of a series the last sample; 'first' for the first sample of"
                            + " the series that is drawn.")
    @Nullable
    String baseline;

    @Option(names = "--title", paramLabel = "TEXT", description = "The title; the name of the source if not given.")
    @Nullable
    String title;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; standard output if not given, or -.")
    @Nullable
    String output;

    private final Streams streams;

    ReportCommand(Streams streams) {
        this.streams = streams;
        this.source = new OneSource(streams);
    }

    @Override
    public Integer call() throws Exception {
        final PageContent content = content();
        if (output == null || output.equals("-")) {
            HtmlReport.write(content, streams.out());
            streams.out().flush();
        } else {
            OutputFile.write(output, out -> HtmlReport.write(content, out));
        }
        return ExitStatus.OK;
    }

    private PageContent content() throws ReportException {
        try (ReportSource opened = source.open()) {
            final Reading reading = source.options.read(opened);
            return new PageContent(
                    title == null ? opened.name() : title,
                    title == null ? "" : opened.name(),
                    reading.last(),
                    older(reading),
                    reading.samples().size() > 1 ? reading.samples() : List.of(),
                    null,
                    reading.state());
        }
    }

    private @Nullable Sample older(Reading reading) throws ReportException {
        if (baseline == null) {
            return null;
        }
        if (!baseline.equals("first")) {
            return source.options.read(baseline).last();
        }
        if (reading.samples().size() < 2) {
            throw new ReportException(
                    "--baseline first needs a series of at least two samples, and this is one report");
        }
        return reading.samples().get(0);
    }
}
