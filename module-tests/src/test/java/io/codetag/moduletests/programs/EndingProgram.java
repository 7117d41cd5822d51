package io.codetag.moduletests.programs;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.codetag.AllocTags;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
import io.codetag.core.AllocInfoText;
import io.codetag.core.Profiler;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Ends in ways that leave no time: its argument says how. */
public final class EndingProgram {
    private EndingProgram() {}

    public static void main(String[] args) throws InterruptedException {
        switch (args[0]) {
            case "return" -> System.out.println("store " + store());
            case "exit" -> {
                System.out.println("store " + store());
                System.exit(7);
            }
            case "race" -> race();
            case "hook" ->
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("store " + store())));
            case "logging" -> whileLogging();
            case "in-log" -> inLog();
            case "in-report" -> inReport();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static String store() {
        final PageTagger tagger =
                AllocTags.attach(PageSpec.builder("pool", 64, 4096).build());
        return tagger.storage().store();
    }

    /** Exits while another thread attaches the first allocator. */
    private static void race() throws InterruptedException {
        final CountDownLatch ready = new CountDownLatch(1);
        new Thread(() -> {
                    ready.countDown();
                    System.out.println("store " + store());
                })
                .start();
        ready.await();
        System.exit(7);
    }

    /** Begins to exit while the daemon thread is about to write a message, which it does once the exit has begun. */
    private static void whileLogging() throws InterruptedException {
        final CountDownLatch logging = new CountDownLatch(1);
        final CountDownLatch exiting = new CountDownLatch(1);
        final Logger logger = (Logger) LoggerFactory.getLogger("io.codetag");
        final AppenderBase<ILoggingEvent> slow = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                logging.countDown();
                try {
                    exiting.await();
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            }
        };
        slow.setContext(logger.getLoggerContext());
        slow.start();
        logger.addAppender(slow); // comes before the one of the configuration, which is the root's
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("exit-thread " + (exitThreadWaits() ? "waits" : "ended"));
            exiting.countDown();
        }));
        System.out.println("store " + store());
        logging.await();
    }

    /** The logging provider itself ends the process, on the daemon thread, while it writes the first message. */
    private static void inLog() throws InterruptedException {
        final Logger logger = (Logger) LoggerFactory.getLogger("io.codetag");
        final AppenderBase<ILoggingEvent> fatal = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                System.exit(7);
            }
        };
        fatal.setContext(logger.getLoggerContext());
        fatal.start();
        logger.addAppender(fatal);
        System.out.println("store " + store());
        new CountDownLatch(1).await();
    }

    /** Ends while one thread writes reports, another allocates, and the largest tags are about to be logged. */
    private static void inReport() throws InterruptedException {
        final PageTagger tagger =
                AllocTags.attach(PageSpec.builder("pool", 64, 4096).build());
        final CountDownLatch written = new CountDownLatch(20);
        final Thread reader = new Thread(() -> {
            while (true) {
                final StringBuilder report = new StringBuilder();
                try {
                    AllocInfoText.V2_0.write(Profiler.get().snapshot(), report);
                } catch (IOException impossible) {
                    throw new AssertionError(impossible);
                }
                written.countDown();
            }
        });
        reader.setDaemon(true);
        reader.start();
        final Thread owner = new Thread(() -> {
            while (true) {
                tagger.add(0, 0);
                tagger.sub(0, 0);
                tagger.allocationFailed(0);
            }
        });
        owner.setDaemon(true);
        owner.start();
        written.await();
        System.exit(7);
    }

    /** Says whether codetag's thread for the exit waits for the message; false if it ends before, or is not there. */
    private static boolean exitThreadWaits() {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        boolean seen = false;
        while (System.nanoTime() < end) {
            final var found = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("codetag-exit"))
                    .findFirst();
            if (found.isEmpty() && seen) {
                return false;
            }
            if (found.isPresent()) {
                seen = true;
                final Thread.State state = found.get().getState();
                if (state == Thread.State.WAITING
                        || state == Thread.State.TIMED_WAITING
                        || state == Thread.State.BLOCKED) {
                    return true;
                }
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
