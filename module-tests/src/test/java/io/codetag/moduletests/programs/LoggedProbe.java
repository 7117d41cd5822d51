package io.codetag.moduletests.programs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.codetag.core.Profiler;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** As its parent, and returns also what was logged, as {@code LOG LEVEL message; cause}. */
public final class LoggedProbe extends AttachProbe {
    @Override
    public List<String> apply(List<String> wishes) {
        final Logger logger = (Logger) LoggerFactory.getLogger("io.codetag");
        final Capture capture = new Capture();
        capture.setContext(logger.getLoggerContext());
        capture.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(capture);
        final List<String> found = super.apply(wishes);
        if (found.stream().noneMatch(line -> line.equals("state COLD"))) { // there is a profiler
            Profiler.get().flush();
        }
        found.addAll(capture.lines);
        return found;
    }

    /** Keeps lines. */
    private static final class Capture extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            final IThrowableProxy cause = event.getThrowableProxy();
            lines.add("LOG " + event.getLevel() + ' ' + event.getFormattedMessage()
                    + (cause == null ? "" : "; " + cause.getClassName() + ": " + cause.getMessage()));
        }
    }
}
