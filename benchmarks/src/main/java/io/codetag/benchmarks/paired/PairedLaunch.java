package io.codetag.benchmarks.paired;

import io.codetag.benchmarks.results.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One JVM of the paired harness: sets the variants up, runs one workload, and prints what it measured. */
public final class PairedLaunch {
    private PairedLaunch() {}

    /**
     * Runs.
     *
     * @param args a {@link PairedPlan}, and the number of the launch
     */
    public static void main(String[] args) {
        final PairedPlan plan = PairedPlan.parse(args[0]);
        run(plan, Integer.parseInt(args[1])).forEach(row -> System.out.println(row.line()));
        System.out.flush();
        Runtime.getRuntime().halt(0); // gigabytes of live pages would be credited first
    }

    static List<Row> run(PairedPlan plan, int launch) {
        try (Crew crew = new Crew(plan.threads())) {
            final List<List<Work>> works = setUp(plan, new Random(launch));
            final Samples samples = new PairedRun(works, crew, plan.sampleNanos(), launch)
                    .run(plan.warmUpMillis() * 1_000_000, plan.measureMillis() * 1_000_000);
            return rows(plan, samples);
        }
    }

    /** Sets up in random order: where things lie in memory shall not be the same each time. */
    private static List<List<Work>> setUp(PairedPlan plan, Random random) {
        final List<Variant> shuffled = new ArrayList<>(plan.variants());
        Collections.shuffle(shuffled, random);
        final Map<Variant, List<Work>> works = new HashMap<>();
        for (Variant variant : shuffled) {
            final WorkFactory factory = new VariantLoader(variant.calls()).factory(variant, plan);
            final List<Work> ofVariant = new ArrayList<>();
            for (int thread = 0; thread < plan.threads(); thread++) {
                ofVariant.add(factory.create(plan.workload(), thread, plan.threads()));
            }
            works.put(variant, ofVariant);
        }
        return plan.variants().stream().map(works::get).toList();
    }

    private static List<Row> rows(PairedPlan plan, Samples samples) {
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < plan.variants().size(); i++) {
            final String name = plan.variants().get(i).name();
            rows.add(Row.of(plan.group(), name, "median", "ns", samples.nanos(i)));
            rows.add(Row.of(plan.group(), name, "shortest", "ns", samples.minNanos(i)));
            if (i > 0) {
                rows.add(Row.of(plan.group(), name, "added", "ns", samples.addedNanos(i)));
                rows.add(Row.of(plan.group(), name, "added", "%", samples.addedPercent(i)));
            }
        }
        return rows;
    }
}
