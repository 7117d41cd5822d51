package io.codetag.external;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Asks again and again until there is an answer. */
final class Waiting {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long PAUSE_MILLIS = 50;

    private Waiting() {}

    /**
     * Asks until there is an answer.
     *
     * @param what what is waited for, for the message
     * @param question asked at least once
     */
    static <T> T until(String what, Callable<Optional<T>> question) throws Exception {
        final long start = System.nanoTime();
        while (true) {
            final Optional<T> answer = question.call();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("waited in vain until " + what);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
