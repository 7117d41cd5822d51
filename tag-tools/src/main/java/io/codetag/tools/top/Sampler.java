package io.codetag.tools.top;

import io.codetag.tools.report.Reading;
import io.codetag.tools.report.ReportException;
import io.codetag.tools.source.ReportSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads a source again and again in a thread of its own, so that keys are answered while it takes its time. */
final class Sampler implements AutoCloseable {
    private final ReportSource source;
    private final AtomicReference<@Nullable Reading> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private final Thread thread;

    Sampler(ReportSource source, Duration interval) {
        this.source = source;
        this.thread = new Thread(() -> run(interval), "allocinfo-sampler");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns a report that was not returned before; null if there is none yet. */
    @Nullable
    Reading poll() throws ReportException {
        final Throwable failed = failure.get();
        if (failed instanceof ReportException told) {
            throw told;
        }
        if (failed != null) {
            throw new IllegalStateException("the source failed", failed);
        }
        return latest.getAndSet(null);
    }

    private void run(Duration interval) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                latest.set(source.read());
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            }
        } catch (InterruptedException closed) {
            return;
        } catch (ReportException | RuntimeException | Error failed) {
            failure.set(failed);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
