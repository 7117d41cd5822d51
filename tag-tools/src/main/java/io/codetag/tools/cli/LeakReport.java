package io.codetag.tools.cli;

import io.codetag.AllocCounts;
import io.codetag.core.HumanBytes;
import io.codetag.core.PlaceText;
import io.codetag.tools.leaks.Suspect;
import io.codetag.tools.report.Sample;
import io.codetag.tools.report.Timelines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Suspects with the reasoning, in words. */
final class LeakReport {
    private static final double SECONDS_A_DAY = 86_400;
    private static final String LIMITS = """
            What this cannot know: whether the memory is still wanted. A cache that is being filled, or a load that rises,
            looks like a leak until it stops; so look at a time of steady load, and at more of it than a cache takes to fill.
            A leak that is slower than the ups and downs of its tag stays unseen, as does memory that nobody charges. The tag
            names the code that allocated, not the code that should have freed. Between two samples everything may happen.
            """;

    private final UnitOptions units;

    LeakReport(UnitOptions units) {
        this.units = units;
    }

    String of(List<Sample> series, Timelines timelines, List<Suspect> suspects, int top) {
        final Table text = new Table().line(heading(series, timelines, suspects));
        int number = 0;
        for (Suspect suspect : suspects.subList(0, Math.min(top, suspects.size()))) {
            append(text.line(""), ++number, suspect);
        }
        if (number < suspects.size()) {
            text.line("").line("… and " + (suspects.size() - number) + " more; see --top");
        }
        return text.line("") + LIMITS;
    }

    private static String heading(List<Sample> series, Timelines timelines, List<Suspect> suspects) {
        final Instant first = series.get(0).takenAt();
        final Instant last = series.get(series.size() - 1).takenAt();
        return Text.count(series.size(), "sample", "samples")
                + " in " + Durations.format(Duration.between(first, last))
                + ", " + first + " to " + last + "; "
                + Text.count(timelines.lines().size(), "tag", "tags") + ", "
                + (suspects.isEmpty() ? "none" : Text.grouped(suspects.size()))
                + (suspects.size() == 1 ? " grows and does not stop" : " grow and do not stop");
    }

    private void append(Table text, int number, Suspect suspect) {
        text.line(number + ". " + PlaceText.of(suspect.place()));
        text.line("   owns " + counts(suspect.last()) + "; " + counts(suspect.first()) + " when first seen "
                + Durations.format(suspect.age()) + " before, "
                + (suspect.inFirstSample() ? "in the first sample (it may be older)" : "after the first sample"));
        text.line(String.format(
                Locale.ROOT,
                "   in %,d of %,d steps it did not shrink (%.0f %%), in %,d it grew",
                suspect.keptSteps(),
                suspect.steps(),
                100 * suspect.keptShare(),
                suspect.grownSteps()));
        text.line("   slope " + slope(suspect.bytesPerSecond()) + ", the median over all pairs of its "
                + Text.count(suspect.samples(), "sample", "samples"));
    }

    private String counts(AllocCounts counts) {
        return units.amount(counts.bytes()) + " in " + Text.count(Math.max(0, counts.calls()), "call", "calls");
    }

    private static String slope(double bytesPerSecond) {
        final double aDay = bytesPerSecond * SECONDS_A_DAY;
        return String.format(Locale.ROOT, bytesPerSecond < 10 ? "%,.2f bytes/s" : "%,.0f bytes/s", bytesPerSecond)
                + (aDay < Long.MAX_VALUE ? " (" + HumanBytes.format((long) aDay) + " a day)" : "");
    }
}
