package io.codetag.tools.source;

import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;

/**
 * Where reports come from. Not safe for use by several threads.
 *
 * @since 0.1
 */
public interface ReportSource extends AutoCloseable {
    /**
     * Returns what the source is, for people.
     *
     * @return such as {@code process 4711}
     */
    String name();

    /**
     * Reads what is there now. A running program is asked for a new report each time; a file is read again.
     *
     * @return a report, or a series
     * @throws ReportException if it cannot be read; the message says why, and what is accepted
     */
    Reading read() throws ReportException;

    /** Lets go of the source; again does nothing. */
    @Override
    void close();
}
