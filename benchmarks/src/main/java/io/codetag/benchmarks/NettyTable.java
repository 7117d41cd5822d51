package io.codetag.benchmarks;

import io.codetag.benchmarks.paired.PairedPlan;
import io.codetag.benchmarks.paired.PairedTable;
import io.codetag.benchmarks.paired.Variant;
import io.codetag.benchmarks.paired.Workload;
import io.codetag.benchmarks.results.Row;
import io.codetag.benchmarks.results.Table;
import java.util.ArrayList;
import java.util.List;

/** Table c: our accounting put on Netty's buffers by hand, beside Netty's own leak detection. */
final class NettyTable {
    private NettyTable() {}

    static List<Table> all() {
        return List.of(new Table(
                "c-netty", "Netty's pooled buffers, tracked by us and by Netty", 5, AllocatorTables.ERROR, quick -> {
                    final PairedPlan plan =
                            PairedPlan.of(Workload.BUFFER_PAIR, AllocatorTables.HOT_PAGES, 1, Variant.ofNetty(), quick);
                    final List<Row> rows =
                            new ArrayList<>(PairedTable.measure(List.of(plan), quick ? 1 : AllocatorTables.LAUNCHES));
                    rows.addAll(compared(rows));
                    return rows;
                }));
    }

    private static List<Row> compared(List<Row> rows) {
        final Row pair = median(rows, Variant.NETTY);
        final Row counters = median(rows, Variant.COUNTERS);
        final Row without = median(rows, Variant.WITHOUT);
        final List<Row> compared = new ArrayList<>();
        compared.add(new Row(
                counters.group(),
                counters.name(),
                "added, of a Netty pair",
                "%",
                100 * (counters.value() - without.value()) / pair.value(),
                100 * (counters.low() - without.high()) / pair.high(),
                100 * (counters.high() - without.low()) / pair.low()));
        for (Variant detection : List.of(Variant.NETTY_SIMPLE, Variant.NETTY_ADVANCED, Variant.NETTY_PARANOID)) {
            final Row added = added(rows, detection);
            compared.add(times(added, "added, to what charging adds", added(rows, Variant.NETTY_CHARGED)));
            compared.add(times(added, "added, to what charging by a lease adds", added(rows, Variant.NETTY_LEASED)));
        }
        return compared;
    }

    private static Row times(Row added, String metric, Row charged) {
        return new Row(
                added.group(),
                added.name(),
                metric,
                "times",
                added.value() / charged.value(),
                added.low() / charged.high(),
                charged.low() > 0 ? added.high() / charged.low() : Double.POSITIVE_INFINITY);
    }

    private static Row median(List<Row> rows, Variant variant) {
        return Row.find(rows, rows.get(0).group(), variant.name(), "median", "ns")
                .orElseThrow();
    }

    private static Row added(List<Row> rows, Variant variant) {
        return Row.find(rows, rows.get(0).group(), variant.name(), "added", "ns")
                .orElseThrow();
    }
}
