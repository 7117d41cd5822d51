package io.codetag.tools.source;

import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.report.ReportReader;
import io.codetag.tools.report.Strictness;
import java.io.InputStream;
import java.time.Instant;

/** A report on standard input. It is there once. */
final class StandardInput implements ReportSource {
    private final InputStream in;
    private final Strictness strictness;
    private boolean read;

    StandardInput(InputStream in, Strictness strictness) {
        this.in = in;
        this.strictness = strictness;
    }

    @Override
    public String name() {
        return "standard input";
    }

    @Override
    public Reading read() throws ReportException {
        if (read) {
            throw new ReportException("standard input can be read once only; accepted here: a process, an address, a"
                    + " file that is written again");
        }
        read = true;
        return ReportReader.read(name(), in, Instant.now(), strictness);
    }

    @Override
    public void close() {}
}
