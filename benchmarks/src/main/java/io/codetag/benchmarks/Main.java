package io.codetag.benchmarks;

import io.codetag.benchmarks.results.Machine;
import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Row;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Measures one table and writes its result file; started by {@code benchmarks/run}. */
public final class Main {
    private static final List<Table> TABLES = Stream.of(AllocatorTables.all(), GrowthTable.all(), NettyTable.all())
            .flatMap(List::stream)
            .toList();

    private Main() {}

    /**
     * Measures.
     *
     * @param args the name of a table, and {@code --quick} to see whether it works
     */
    public static void main(String[] args) {
        final boolean quick = Arrays.asList(args).contains("--quick");
        final Table table = TABLES.stream()
                .filter(candidate -> args.length > 0 && candidate.name().equals(args[0]))
                .findFirst()
                .orElse(null);
        if (table == null) {
            System.err.println("tables:");
            TABLES.forEach(
                    each -> System.err.printf("  %-12s %s (%d minutes)%n", each.name(), each.title(), each.minutes()));
            System.exit(2);
            return;
        }
        System.err.printf(
                "%s: %s%n",
                table.title(),
                quick ? "a minute or so; figures of --quick mean nothing" : "up to " + table.minutes() + " minutes");
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("table", table.title());
        facts.putAll(Machine.describe());
        facts.put("command", "benchmarks/run " + table.name() + (quick ? " --quick" : ""));
        facts.put("error", table.error());
        final List<Row> rows = table.measure().apply(quick);
        final Path file = Path.of(
                quick ? "benchmarks/target/quick" : "benchmarks/results",
                table.name() + "-jdk" + Runtime.version().feature() + ".tsv");
        new ResultFile(facts, rows).write(file);
        print(rows);
        System.err.println("written: " + file);
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
