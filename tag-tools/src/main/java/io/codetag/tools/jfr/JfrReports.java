package io.codetag.tools.jfr;

import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples that {@code codetag-jfr} wrote, from a recording or from the repository that a JVM records into; also
 * while it does, and after it was killed.
 *
 * @since 0.1
 */
public final class JfrReports {
    private static final String DEFAULT_PROFILER = "default";
    private static final String ENDING = ".jfr";

    private JfrReports() {}

    /**
     * Reads all whole samples. Where several profilers were recorded, those of the process-wide one.
     *
     * @param recordingOrRepository a file, finished or not; or a folder of such, as a JVM's repository is; or the folder
     *     that repositories are made in, if there is one alone
     * @return the samples, oldest first, at least one
     * @throws ReportException if there is no sample, or no recording, or it cannot be read
     */
    public static List<Sample> read(Path recordingOrRepository) throws ReportException {
        final SampleCollector collector = new SampleCollector();
        try {
            if (Files.isDirectory(recordingOrRepository)) {
                for (Path chunk : repository(recordingOrRepository)) {
                    read(chunk, collector);
                }
            } else if (!read(recordingOrRepository, collector)) {
                throw new ReportException("nothing was flushed to " + recordingOrRepository);
            }
        } catch (NoSuchFileException absent) {
            throw new ReportException("there is no " + absent.getMessage(), absent);
        } catch (IOException failure) {
            throw new ReportException("cannot read " + recordingOrRepository + ": " + failure.getMessage(), failure);
        }
        return samples(recordingOrRepository, collector);
    }

    /** Reads one file; returns false if nothing was flushed to it. */
    private static boolean read(Path recording, SampleCollector collector) throws IOException, ReportException {
        try (@Nullable FinishedRecording finished = FinishedRecording.open(recording)) {
            if (finished == null) {
                return false;
            }
            try (RecordingFile events = new RecordingFile(finished.file())) {
                while (events.hasMoreEvents()) {
                    collector.accept(events.readEvent());
                }
            } catch (IOException | RuntimeException | Error damaged) { // what a parser throws on any bytes
                throw new ReportException(recording + " is damaged: " + damaged, damaged);
            }
            return true;
        }
    }

    /** Returns the recordings of one JVM, oldest first: their names begin with the time. */
    private static List<Path> repository(Path folder) throws IOException, ReportException {
        final List<Path> direct = recordings(folder);
        if (!direct.isEmpty()) {
            return direct;
        }
        final List<Path> repositories;
        try (Stream<Path> entries = Files.list(folder)) {
            repositories = entries.filter(Files::isDirectory)
                    .filter(JfrReports::hasRecordings)
                    .sorted()
                    .toList();
        }
        return switch (repositories.size()) {
            case 0 -> throw new ReportException("there is no recording in " + folder + "; expected: files *" + ENDING);
            case 1 -> recordings(repositories.get(0));
            default ->
                throw new ReportException(
                        folder + " holds what " + repositories.size() + " JVMs recorded; name one of " + repositories);
        };
    }

    private static boolean hasRecordings(Path folder) {
        try {
            return !recordings(folder).isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<Path> recordings(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static List<Sample> samples(Path from, SampleCollector collector) throws ReportException {
        if (collector.isEmpty()) {
            throw new ReportException(from + " has no event " + SampleCollector.TAG
                    + "; the program needs codetag-jfr beside codetag-core, and at least one period of recording");
        }
        final List<String> profilers = collector.profilers();
        if (profilers.isEmpty()) {
            throw new ReportException(from + " has no whole sample: events " + SampleCollector.TAG + ", and then one "
                    + SampleCollector.MARK + " that counts them");
        }
        if (profilers.contains(DEFAULT_PROFILER)) {
            return collector.samples(DEFAULT_PROFILER);
        }
        if (profilers.size() > 1) {
            throw new ReportException(
                    from + " has samples of the profilers " + profilers + ", and none of '" + DEFAULT_PROFILER + "'");
        }
        return collector.samples(profilers.get(0));
    }
}
