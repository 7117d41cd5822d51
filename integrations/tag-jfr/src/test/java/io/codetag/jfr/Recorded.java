package io.codetag.jfr;

import io.codetag.core.Profiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.EventSettings;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A recording that takes its one sample when it ends, so that no test waits for a period. */
final class Recorded implements AutoCloseable {
    static final String TAG = "io.codetag.AllocTag";
    static final String SAMPLE = "io.codetag.AllocSample";

    private final Recording recording = new Recording();

    private Recorded() {}

    static Recorded start() {
        final Recorded recorded = new Recorded();
        recorded.enable(TAG).with("period", "endChunk");
        recorded.recording.start();
        return recorded;
    }

    EventSettings enable(String event) {
        return recording.enable(event);
    }

    Recorded disable(String event) {
        recording.disable(event);
        return this;
    }

    /** Ends the recording and returns the events of one name, or all for null, in the order they were committed. */
    List<RecordedEvent> stop(String name) throws IOException {
        recording.stop();
        final Path file = Files.createTempFile("recorded", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith(name))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    /** Adds an export to a profiler and waits until it is there. */
    static JfrExport export(Profiler profiler) {
        final JfrExport export = new JfrExport();
        profiler.addListener(export);
        profiler.flush();
        return export;
    }

    @Override
    public void close() {
        recording.close();
    }
}
