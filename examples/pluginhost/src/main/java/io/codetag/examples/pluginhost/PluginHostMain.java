package io.codetag.examples.pluginhost;

import io.codetag.OverflowPolicy;
import io.codetag.core.Profiler;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs the same host three times, once for each overflow policy, and verifies every claim it prints.
 *
 * <p>Exit status: 0 if every claim held, 1 if one did not.
 */
public final class PluginHostMain {
    private PluginHostMain() {}

    /**
     * Runs the host.
     *
     * @param args none
     * @throws Exception if something fails that nobody expected
     */
    @SuppressWarnings("SystemOut") // a program for people at a terminal
    public static void main(String[] args) throws Exception {
        // The room that is kept for tags to come would send these pages to the page extension from the start. Here the
        // flag word is to be filled up.
        System.setProperty("codetag.headroom", "0");
        final PrintStream out = System.out;
        final Claims claims = new Claims(out);
        final List<Outcome> outcomes = new ArrayList<>();
        final Path jar = TenantJar.unpack();
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            outcomes.add(new PolicyRun(policy, jar, claims, out).run());
        }
        Profiler.get().flush();
        printSummary(outcomes, out);
        out.println();
        out.println(claims.verdict());
        out.flush();
        if (claims.failed() > 0) {
            System.exit(1);
        }
    }

    private static void printSummary(List<Outcome> outcomes, PrintStream out) {
        out.println();
        out.println("=== While two tenants shared the pages ===");
        out.println();
        out.printf(
                Locale.ROOT,
                "%-8s %12s %12s %12s %16s   %s%n",
                "policy",
                "allocated",
                "recorded",
                "untracked",
                "overflow store",
                "new references");
        for (Outcome each : outcomes) {
            out.printf(
                    Locale.ROOT,
                    "%-8s %,12d %,12d %,12d %,10d bytes   %s%n",
                    PolicyRun.name(each.policy()),
                    each.allocatedBytes(),
                    each.recordedBytes(),
                    each.untrackedBytes(),
                    each.overflowStoreBytes(),
                    each.newReferences());
        }
    }
}
