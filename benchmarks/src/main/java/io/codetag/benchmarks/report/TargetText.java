package io.codetag.benchmarks.report;

import io.codetag.benchmarks.results.ResultFile;
import io.codetag.benchmarks.results.Target;
import io.codetag.benchmarks.results.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes Markdown of targets and what became of them. */
final class TargetText {
    private TargetText() {}

    static String table(List<Target> targets, Map<String, ResultFile> files) {
        final StringBuilder text =
                new StringBuilder("| target | JDK | bound | figure | verdict |\n| --- | --- | --- | --- | --- |\n");
        for (Target target : targets) {
            final StringBuilder measured = new StringBuilder();
            files.forEach((name, file) -> {
                final Verdict verdict = name.startsWith(target.table() + "-jdk") ? target.judge(file.rows()) : null;
                if (verdict != null) {
                    measured.append(line(target, name.replaceFirst(".*-jdk", ""), bound(target, verdict)))
                            .append(ResultText.figure(verdict.figure()))
                            .append(" | ")
                            .append(word(verdict))
                            .append(" |\n");
                }
            });
            text.append(measured.isEmpty() ? line(target, "", bound(target, null)) + "| not measured |\n" : measured);
        }
        return text.toString();
    }

    private static String line(Target target, String jdk, String bound) {
        return "| " + target.what() + " | " + jdk + " | " + bound + " | ";
    }

    private static String bound(Target target, @Nullable Verdict verdict) {
        final String number =
                verdict == null ? "" : " (" + ResultText.number(verdict.bound()) + " " + target.unit() + ")";
        final String bound = target.bound();
        if (bound.startsWith("control")) {
            final String most = bound.substring("control".length()).strip();
            return "within the control" + (most.isEmpty() ? "" : ", ≤ " + most + " " + target.unit()) + number;
        }
        if (bound.startsWith("<= row ")) {
            return "≤ \"" + bound.substring("<= row ".length()) + "\"" + number;
        }
        return bound.replace("<=", "≤").replace(">=", "≥") + " " + target.unit();
    }

    private static String word(Verdict verdict) {
        return (verdict.met() ? "met" : "missed") + (verdict.open() ? "; the interval crosses the bound" : "");
    }
}
