package io.codetag.tools.source;

import io.codetag.tools.jfr.JfrReports;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import java.nio.file.Path;

/** Recordings of the JDK Flight Recorder, and repositories of unfinished ones. */
final class Recordings {
    private Recordings() {}

    static Reading read(Path file) throws ReportException {
        return Reading.of(JfrReports.read(file));
    }
}
