package io.codetag.tools.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a series. */
final class SeriesReport {
    private SeriesReport() {}

    /** Reads a series to its end. A last line that was torn, as by a crash while it was written, is left out and said. */
    static List<Sample> parse(String name, ReportLines lines, List<String> notes) throws IOException, ReportException {
        final List<Sample> samples = new ArrayList<>();
        final TagPool pool = new TagPool();
        for (byte[] line = lines.nextBytes(); line != null; line = lines.nextBytes()) {
            try {
                final Sample sample = SeriesFormat.read(name, new ByteArrayInputStream(line), lines.number() - 1, pool);
                checkOrder(samples, sample, lines);
                samples.add(sample);
            } catch (ReportException torn) {
                if (lines.ended() || samples.isEmpty()) {
                    throw torn;
                }
                notes.add("the last line, line " + lines.number() + ", was torn while it was written and is left out");
            }
        }
        return samples;
    }

    private static void checkOrder(List<Sample> samples, Sample sample, ReportLines lines) throws ReportException {
        if (!samples.isEmpty()) {
            final Sample before = samples.get(samples.size() - 1);
            if (sample.takenAt().isBefore(before.takenAt())) {
                throw lines.defect("the sample was taken at " + sample.takenAt() + ", before that of the line above ("
                        + before.takenAt() + "); accepted: oldest first");
            }
        }
    }
}
