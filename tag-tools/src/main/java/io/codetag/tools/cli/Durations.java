package io.codetag.tools.cli;

import java.time.Duration;
import java.util.Locale;

/** Times for people: two units at most. */
final class Durations {
    private Durations() {}

    /** Formats a time, cut off below its second unit. */
    static String format(Duration time) {
        final long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%d.%d s", seconds, time.toMillisPart() / 100);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
    }
}
