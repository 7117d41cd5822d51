package io.codetag.tools.cli;

import io.codetag.AllocCounts;
import io.codetag.core.AllocDelta;
import io.codetag.core.AllocDelta.Change;
import io.codetag.core.AllocDiff;
import io.codetag.core.AllocFilter;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two reports. */
@Command(
        name = "diff",
        description = "Shows what grew, what shrank, what is new and what is gone between two reports.",
        footer = {
            "",
            "A series stands for its last sample; a series alone is compared from its first sample to its last.",
            "Tags are compared by their declaration where both reports have it, else by their place.",
            "Exit status: 0 done, 1 with --exit-code if something changed, 2 bad input or usage,",
            "3 a defect of this program.",
            "",
            "Examples:",
            "  allocinfo diff monday.json friday.json --human",
            "  allocinfo diff before.txt 4711 --only grew,new --top 10",
            "  allocinfo diff series.jsonl"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int SIZE_WIDTH = 14;
    private static final int CALLS_WIDTH = 9;
    private static final int CHANGE_WIDTH = 6;

    @Parameters(index = "0", paramLabel = "A", description = "The older report: a source as of 'allocinfo show'.")
    String older = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "The newer report.")
    @Nullable
    String newer;

    @Mixin
    final SourceOptions sources;

    @Mixin
    final FilterOptions filter = new FilterOptions();

    @Mixin
    final UnitOptions units = new UnitOptions();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CHANGE",
            converter = ChangeConverter.class,
            description = "Only these changes: grew, shrank, new, gone.")
    @Nullable
    Set<Change> only;

    @Option(names = "--top", paramLabel = "N", description = "Only the first N.", converter = CountConverter.class)
    @Nullable
    Integer top;

    @Option(names = "--exit-code", description = "End with status 1 if something changed.")
    boolean exitCode;

    private final Streams streams;

    DiffCommand(Streams streams) {
        this.streams = streams;
        this.sources = new SourceOptions(streams);
    }

    @Override
    public Integer call() throws Exception {
        final List<Sample> samples = samples();
        final AllocFilter place = filter.filter();
        final AllocDiff all = samples.get(1).info().diff(samples.get(0).info());
        final AllocDiff matching = new AllocDiff(all.deltas().stream()
                .filter(delta -> place.matchesPlace(delta.place(), true))
                .toList());
        final Set<Change> shown = only == null ? EnumSet.complementOf(EnumSet.of(Change.SAME)) : only;
        final List<AllocDelta> changed = matching.changed().stream()
                .filter(delta -> shown.contains(delta.change()))
                .toList();
        final Table table = new Table().line(heading(samples, matching));
        table.right("BYTES", SIZE_WIDTH).right("CALLS", CALLS_WIDTH).right("NOW", SIZE_WIDTH);
        table.left("CHANGE", CHANGE_WIDTH).line("TAG");
        changed.stream().limit(top == null ? Integer.MAX_VALUE : top).forEach(delta -> append(table, delta));
        Text.write(streams.out(), table.toString());
        return exitCode && !changed.isEmpty() ? ExitStatus.FOUND : ExitStatus.OK;
    }

    private List<Sample> samples() throws ReportException {
        final Reading first = sources.read(older);
        if (newer != null) {
            return List.of(first.last(), sources.read(newer).last());
        }
        if (first.samples().size() < 2) {
            throw new ReportException(
                    older + " has one report only; accepted: two sources, or a series of at least two samples");
        }
        return List.of(first.samples().get(0), first.last());
    }

    private void append(Table table, AllocDelta delta) {
        final AllocCounts difference = delta.delta();
        final AllocCounts now = delta.newer();
        table.right(units.difference(difference.bytes()), SIZE_WIDTH)
                .right(String.format(Locale.ROOT, "%+d", difference.calls()), CALLS_WIDTH)
                .right(units.bytes(now == null ? 0 : now.bytes()), SIZE_WIDTH)
                .left(ChangeConverter.name(delta.change()), CHANGE_WIDTH)
                .place(delta.place());
    }

    private static String heading(List<Sample> samples, AllocDiff diff) {
        final AllocCounts total = diff.total();
        final String changes = Arrays.stream(Change.values())
                .map(change -> Text.grouped(diff.changed(change).size()) + ' ' + ChangeConverter.name(change))
                .collect(Collectors.joining(", "));
        return samples.get(0).takenAt() + " to " + samples.get(1).takenAt()
                + String.format(Locale.ROOT, ": %+,d bytes, %+,d calls; ", total.bytes(), total.calls())
                + changes;
    }
}
