package io.codetag.examples.pagecache;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress for a person at a terminal: a bar that is drawn over and over.
 *
 * <p>Whether there is a terminal is JLine's to say: it makes a dumb one where input or output lead elsewhere. {@code
 * System.console()} does not tell: since 22 it is there in any case. Of JLine's ways to ask, only the one by external
 * programs is used, and that without JLine's native library: a JVM from 24 on warns when native code is loaded.
 */
final class TerminalProgress extends Progress {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalProgress.class);
    private static final int BAR_WIDTH = 40;
    private static final String WITHOUT_NATIVE_CODE = TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE_REFLECTION;

    private final Terminal terminal;

    private TerminalProgress(Terminal terminal) {
        super(TimeUnit.MILLISECONDS.toNanos(100));
        this.terminal = terminal;
    }

    /**
     * Returns the progress that suits standard output.
     *
     * @return a bar, or a few lines if there is no terminal
     */
    static Progress open() {
        try {
            System.setProperty(TerminalBuilder.PROP_REDIRECT_PIPE_CREATION_MODE, WITHOUT_NATIVE_CODE);
            System.setProperty(TerminalBuilder.PROP_FILE_DESCRIPTOR_CREATION_MODE, WITHOUT_NATIVE_CODE);
            final Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .provider("exec")
                    .dumb(true)
                    .nativeSignals(false)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                terminal.close();
                return new LineProgress();
            }
            return new TerminalProgress(terminal);
        } catch (IOException | RuntimeException failure) {
            LOG.debug("no terminal", failure);
            return new LineProgress();
        }
    }

    @Override
    synchronized void show(String name, long bytes, long of) {
        final int filled = (int) (BAR_WIDTH * bytes / of);
        terminal.puts(Capability.carriage_return);
        terminal.writer()
                .printf(
                        "%-8s [%s%s] %3d %% of %d MiB",
                        name, "#".repeat(filled), ".".repeat(BAR_WIDTH - filled), 100 * bytes / of, of >> 20);
        terminal.puts(Capability.clr_eol);
        terminal.flush();
    }

    @Override
    synchronized void end() {
        terminal.puts(Capability.carriage_return);
        terminal.puts(Capability.clr_eol);
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        try {
            terminal.close();
        } catch (IOException failure) {
            LOG.debug("the terminal was not closed", failure);
        }
    }
}
