package io.codetag.examples.pagecache;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what was left out, by reason, and remembers an example of each.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class Skips {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();

    /**
     * Counts one.
     *
     * @param what what was left out
     * @param reason why, a short clause
     */
    synchronized void add(Object what, String reason) {
        counts.merge(reason, 1, Integer::sum);
        examples.putIfAbsent(reason, String.valueOf(what));
    }

    /**
     * Counts one that failed.
     *
     * @param what what was left out
     * @param failure what went wrong
     */
    void add(Object what, Exception failure) {
        add(what, reason(failure));
    }

    /** Returns how many were left out. */
    synchronized int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns how many were left out for one reason. */
    synchronized int count(String reason) {
        return counts.getOrDefault(reason, 0);
    }

    /** Returns a line such as {@code 2: leads nowhere 1 (lib/src.zip), not permitted 1 (conf/key)}. */
    @Override
    public synchronized String toString() {
        final StringBuilder line = new StringBuilder().append(count());
        String separator = ": ";
        for (Map.Entry<String, Integer> reason : counts.entrySet()) {
            line.append(separator).append(reason.getKey()).append(' ').append(reason.getValue());
            line.append(" (").append(examples.get(reason.getKey())).append(')');
            separator = ", ";
        }
        return line.toString();
    }

    private static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "gone";
        }
        if (failure instanceof AccessDeniedException) {
            return "not permitted";
        }
        if (failure instanceof FileSystemLoopException) {
            return "a loop of links";
        }
        final String message = failure.getMessage();
        return message == null || (failure instanceof IOException && message.isBlank())
                ? failure.getClass().getSimpleName()
                : message;
    }
}
