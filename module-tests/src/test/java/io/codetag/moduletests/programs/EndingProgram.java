package io.codetag.moduletests.programs;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.codetag.AllocTags;
import io.codetag.PageSpec;
import io.codetag.PageTagger;
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

    /** Says whether codetag's thread for the exit waits for the message; false if it ends before, or is not there. */
    private static boolean exitThreadWaits() {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
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
