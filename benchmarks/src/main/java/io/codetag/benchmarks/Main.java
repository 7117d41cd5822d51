package io.codetag.benchmarks;

import io.codetag.benchmarks.results.Machine;
import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Row;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures one table and writes its result file; started by {@code benchmarks/run}. */
public final class Main {
    private static final List<Table> TABLES = List.of(AllocatorTables.hot());

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
                "%s: %s%s%n",
                table.title(),
                quick ? "a minute or so; figures of --quick mean nothing" : "up to " + table.minutes() + " minutes",
                "");
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
        rows.forEach(row -> System.out.printf(
                "%-28s %-52s %-9s %10.3f %s  [%.3f, %.3f]%n",
                row.group(), row.name(), row.metric(), row.value(), row.unit(), row.low(), row.high()));
        System.err.println("written: " + file);
    }
}
