package io.codetag.tools.cli;

import io.codetag.core.AllocFilter;
import io.codetag.tools.leaks.LeakSearch;
import io.codetag.tools.leaks.Suspect;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import io.codetag.tools.report.Timelines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for tags that grow over a series. */
@Command(
        name = "leaks",
        description = "Ranks the tags that grow over a series and do not stop, and says why.",
        footer = {
            "",
            "Several sources are taken as one series, in the order given; 'allocinfo watch' makes one.",
            "Exit status: 0 done, 1 with --exit-code if a tag is suspected, 2 bad input or usage,",
            "3 a defect of this program.",
            "",
            "Examples:",
            "  allocinfo watch 4711 --interval 10s --count 60 -o series.jsonl && allocinfo leaks series.jsonl",
            "  allocinfo leaks recording.jfr --top 3 --human",
            "  allocinfo leaks monday.json tuesday.json wednesday.json"
        })
final class LeaksCommand implements Callable<Integer> {
    @Spec
    CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "Series or reports, oldest first.")
    List<String> names = new ArrayList<>();

    @Mixin
    final SourceOptions sources;

    @Mixin
    final FilterOptions filter = new FilterOptions();

    @Mixin
    final UnitOptions units = new UnitOptions();

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Only the first N (default: 10).",
            converter = CountConverter.class)
    int top = 10;

    @Option(
            names = "--min-samples",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "In how many samples a tag has to be (default: 3, the least).")
    int leastSamples = LeakSearch.LEAST_SAMPLES;

    @Option(
            names = "--min-kept",
            paramLabel = "SHARE",
            description = "The share of steps in which its bytes did not shrink, 0 to 1 (default: 0.8).")
    double leastKept = 0.8;

    @Option(names = "--exit-code", description = "End with status 1 if a tag is suspected.")
    boolean exitCode;

    private final Streams streams;

    LeaksCommand(Streams streams) {
        this.streams = streams;
        this.sources = new SourceOptions(streams);
    }

    @Override
    public Integer call() throws Exception {
        final LeakSearch search = search();
        final List<Sample> series = series();
        final Timelines timelines = Timelines.of(series);
        final List<Suspect> suspects = search.rank(timelines);
        Text.write(streams.out(), new LeakReport(units).of(series, timelines, suspects, top));
        return exitCode && !suspects.isEmpty() ? ExitStatus.FOUND : ExitStatus.OK;
    }

    private LeakSearch search() {
        try {
            return new LeakSearch(leastSamples, leastKept);
        } catch (IllegalArgumentException wrong) {
            if (spec == null) {
                throw wrong;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private List<Sample> series() throws ReportException {
        final AllocFilter place = filter.filter();
        final List<Sample> series = new ArrayList<>();
        for (String name : names) {
            for (Sample sample : sources.read(name).samples()) {
                if (!series.isEmpty()
                        && sample.takenAt()
                                .isBefore(series.get(series.size() - 1).takenAt())) {
                    throw new ReportException(name + " was taken at " + sample.takenAt()
                            + ", before the source that stands before it; accepted: oldest first");
                }
                series.add(new Sample(sample.takenAt(), sample.info().filter(place)));
            }
        }
        if (series.size() < leastSamples) {
            throw new ReportException(Text.count(series.size(), "sample is", "samples are")
                    + " too few to see growth; accepted: at least " + leastSamples
                    + ", as 'allocinfo watch' takes them");
        }
        return series;
    }
}
