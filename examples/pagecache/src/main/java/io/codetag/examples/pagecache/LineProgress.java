package io.codetag.examples.pagecache;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress for logs and files: a line every five seconds, none for a short run. */
final class LineProgress extends Progress {
    private static final Logger LOG = LoggerFactory.getLogger(LineProgress.class);

    LineProgress() {
        super(TimeUnit.SECONDS.toNanos(5));
    }

    @Override
    void show(String name, long bytes, long of) {
        LOG.info("{}: {} %", name, 100 * bytes / of);
    }

    @Override
    void end() {
        // a line is never taken back
    }

    @Override
    public void close() {
        // nothing is held
    }
}
