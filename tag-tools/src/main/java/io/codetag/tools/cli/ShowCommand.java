package io.codetag.tools.cli;

import io.codetag.core.AllocEntry;
import io.codetag.core.AllocInfo;
import io.codetag.core.AllocOrder;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a report. */
@Command(
        name = "show",
        description = "Shows which code owns how much, as a table.",
        footer = {
            "",
            "Of a series the last sample is shown.",
            ExitStatus.HELP,
            "",
            "Examples:",
            "  allocinfo show 4711 --top 10 --human",
            "  allocinfo show report.json --module zip-plugin --min 1M",
            "  sudo allocinfo show --kernel --sort calls --top 20",
            "  ssh host cat /proc/allocinfo | allocinfo show - --file mm/slub.c"
        })
final class ShowCommand implements Callable<Integer> {
    private static final int SIZE_WIDTH = 14;
    private static final int CALLS_WIDTH = 10;

    @Mixin
    final OneSource source;

    @Mixin
    final FilterOptions filter = new FilterOptions();

    @Mixin
    final SizeOptions size = new SizeOptions();

    @Mixin
    final UnitOptions units = new UnitOptions();

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            description = "bytes, calls or place (default: bytes).",
            converter = OrderConverter.class)
    AllocOrder sort = AllocOrder.BYTES;

    @Option(names = "--top", paramLabel = "N", description = "Only the first N.", converter = CountConverter.class)
    @Nullable
    Integer top;

    @Option(names = "--merge", description = "Add up tags whose lines read alike.")
    boolean merge;

    private final Streams streams;

    ShowCommand(Streams streams) {
        this.streams = streams;
        this.source = new OneSource(streams);
    }

    @Override
    public Integer call() throws Exception {
        final AllocInfo read = source.read().last().info();
        final AllocInfo all = merge ? read.merged() : read;
        final AllocInfo matching = all.filter(size.and(filter)).sortedBy(sort);
        final int shown = top == null
                ? matching.entries().size()
                : Math.min(top, matching.entries().size());
        final Table table = new Table();
        table.line(heading(all, matching, shown));
        table.right("BYTES", SIZE_WIDTH).right("CALLS", CALLS_WIDTH).line("TAG");
        for (AllocEntry entry : matching.entries().subList(0, shown)) {
            append(table, entry);
        }
        Text.write(streams.out(), table.toString());
        return ExitStatus.OK;
    }

    private void append(Table table, AllocEntry entry) {
        table.right(units.bytes(entry.bytes()), SIZE_WIDTH)
                .right(Long.toString(Math.max(0, entry.calls())), CALLS_WIDTH)
                .line(Places.withMarkers(entry));
    }

    private static String heading(AllocInfo all, AllocInfo matching, int shown) {
        final int tags = all.entries().size();
        final int matched = matching.entries().size();
        return (matched == tags ? "" : Text.grouped(matched) + " of ")
                + Text.count(tags, "tag", "tags")
                + (matched == tags ? "" : matched == 1 ? " matches," : " match,")
                + (matched == 1 ? " owns " : " own ")
                + Text.count(sum(matching, AllocEntry::bytes), "byte", "bytes")
                + " in "
                + Text.count(sum(matching, AllocEntry::calls), "call", "calls")
                + (shown == matched ? "" : String.format(Locale.ROOT, "; the first %,d:", shown));
    }

    /** Adds up what the table shows; a sum beyond 64 bits, of sizes that cannot be true, ends at the largest number. */
    private static long sum(AllocInfo info, ToLongFunction<AllocEntry> value) {
        return info.entries().stream()
                .mapToLong(value)
                .map(each -> Math.max(0, each))
                .reduce(0, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    }
}
