package io.codetag.tools.cli;

import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a report in another form. */
@Command(
        name = "convert",
        description = "Writes a report in another form.",
        footer = {
            "",
            "Of a series, json and the text forms, pprof and folded take the last sample; csv and series take all.",
            "A file is written beside its place and moved there when it is whole.",
            ExitStatus.HELP,
            "",
            "Examples:",
            "  allocinfo convert 4711 --to json --output now.json",
            "  allocinfo convert report.json --to text-1.0 | sort -g | tail",
            "  sudo allocinfo convert --kernel --to pprof -o kernel.pb.gz && go tool pprof -top kernel.pb.gz",
            "  allocinfo convert report.json --to folded | flamegraph.pl > flames.svg"
        })
final class ConvertCommand implements Callable<Integer> {
    @Mixin
    final OneSource source;

    @Option(
            names = {"-t", "--to"},
            required = true,
            paramLabel = "FORM",
            converter = ReportForm.Converter.class,
            description = "text-1.0, text-2.0 (or text), json, csv, pprof, folded, series.")
    ReportForm form = ReportForm.TEXT_2_0;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; standard output if not given, or -.")
    @Nullable
    String output;

    @Option(names = "--merge", description = "Add up tags whose lines read alike.")
    boolean merge;

    private final Streams streams;

    ConvertCommand(Streams streams) {
        this.streams = streams;
        this.source = new OneSource(streams);
    }

    @Override
    public Integer call() throws Exception {
        final List<Sample> read = source.read().samples();
        final List<Sample> samples = merge
                ? read.stream()
                        .map(each -> new Sample(each.takenAt(), each.info().merged()))
                        .toList()
                : read;
        if (output == null || output.equals("-")) {
            form.write(samples, streams.out());
            streams.out().flush();
        } else {
            write(output, samples);
        }
        return ExitStatus.OK;
    }

    private void write(String file, List<Sample> samples) throws ReportException {
        OutputFile.write(file, out -> form.write(samples, out));
    }
}
