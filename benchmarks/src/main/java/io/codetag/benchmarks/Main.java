package io.codetag.benchmarks;

import io.codetag.benchmarks.jmh.CoreTables;
import io.codetag.benchmarks.jmh.PeerTable;
import io.codetag.benchmarks.programs.ProgramTables;
import io.codetag.benchmarks.results.Machine;
import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measures one table and writes its result file; started by {@code benchmarks/run}. */
public final class Main {
    private static final Path RESULTS = Path.of("benchmarks/results");
    private static final Path UNRECORDED = Path.of("benchmarks/target/unrecorded");

    private Main() {}

    /**
     * Measures.
     *
     * @param args the name of a table; {@code --quick} to see whether it works; for {@code guard}, {@code --record}
     */
    public static void main(String[] args) {
        final List<String> options = Arrays.asList(args);
        final List<Table> tables = tables();
        final Table table = tables.stream()
                .filter(candidate -> options.contains(candidate.name()))
                .findFirst()
                .orElse(null);
        if (table == null) {
            System.err.println("tables, and how long they take at the most:");
            tables.forEach(
                    each -> System.err.printf("  %-16s %2d minutes  %s%n", each.name(), each.minutes(), each.title()));
            System.exit(2);
            return;
        }
        final boolean quick = options.contains("--quick");
        System.err.printf(
                "%s: %s%n",
                table.title(),
                quick ? "a minute or two; figures of --quick mean nothing" : "up to " + table.minutes() + " minutes");
        final Map<String, String> facts = facts(table, args);
        final List<Row> rows = table.measure().apply(quick);
        print(rows);
        final String file = table.name() + "-jdk" + Runtime.version().feature() + ".tsv";
        final boolean guard = table.name().equals("guard");
        if (guard) {
            Guard.compare(rows, RESULTS.resolve(file));
        }
        final boolean recorded = !quick && (!guard || options.contains("--record"));
        final Path written = (recorded ? RESULTS : UNRECORDED).resolve(file);
        new ResultFile(facts, rows).write(written);
        System.err.println("written: " + written);
    }

    private static List<Table> tables() {
        return Stream.of(
                        AllocatorTables.all(),
                        PeerTable.all(),
                        NettyTable.all(),
                        CoreTables.all(),
                        ProgramTables.all(),
                        GrowthTable.all(),
                        List.of(Guard.table()))
                .flatMap(List::stream)
                .toList();
    }

    private static Map<String, String> facts(Table table, String... args) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("table", table.title());
        facts.putAll(Machine.describe());
        facts.put("command", "benchmarks/run " + String.join(" ", args));
        facts.put("error", table.error());
        return facts;
    }

    private static void print(List<Row> rows) {
        final Map<String, StringBuilder> lines = new LinkedHashMap<>();
        for (Row row : rows) {
            lines.computeIfAbsent(
                            String.format("%-28s %-52s", row.group(), row.name()), name -> new StringBuilder(name))
                    .append(String.format(Locale.ROOT, "  %s %.3g %s", row.metric(), row.value(), row.unit()));
        }
        lines.values().forEach(System.out::println);
    }
}
