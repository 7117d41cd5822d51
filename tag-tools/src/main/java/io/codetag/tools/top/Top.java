package io.codetag.tools.top;

import io.codetag.core.AllocFilter;
import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.source.ReportSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;

/**
 * The live table of a source.
 *
 * @param interval from one report to the next
 * @param sort the order at the start
 * @param filter the conditions at the start
 * @param human whether bytes are in binary units at the start
 * @param reports how many reports are shown until it ends by itself
 * @since 0.1
 */
public record Top(Duration interval, TopSort sort, AllocFilter filter, boolean human, int reports) {
    /**
     * Shows the table on the terminal of this process, if it has one.
     *
     * @param source what is shown; left open
     * @return false if there is no terminal, and nothing was shown
     * @throws IOException if the terminal fails
     * @throws ReportException if the source does
     */
    public boolean onTerminal(ReportSource source) throws IOException, ReportException {
        try (Terminal terminal = TopTerminal.open()) {
            if (terminal == null) {
                return false;
            }
            onTerminal(source, terminal);
            return true;
        }
    }

    void onTerminal(ReportSource source, Terminal terminal) throws IOException, ReportException {
        try (Sampler sampler = new Sampler(source, interval)) {
            new TopTerminal(terminal, sampler, model(source)).run(reports);
        }
    }

    /**
     * Writes the table again and again as plain lines, a blank line between two.
     *
     * @param source what is shown; left open
     * @param out where to
     * @param rows the most rows
     * @throws IOException if {@code out} fails
     * @throws ReportException if the source does
     * @throws InterruptedException if the thread is interrupted
     */
    public void asLines(ReportSource source, OutputStream out, int rows)
            throws IOException, ReportException, InterruptedException {
        final TopModel model = model(source);
        for (int shown = 0; shown < reports; shown++) {
            if (shown > 0) {
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
                out.write('\n');
            }
            final Reading reading = source.read();
            model.accept(reading);
            final String table = String.join("\n", new TopText(model).table(rows)) + '\n';
            out.write(table.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private TopModel model(ReportSource source) {
        return new TopModel(source.name(), interval, sort, filter, human);
    }
}
