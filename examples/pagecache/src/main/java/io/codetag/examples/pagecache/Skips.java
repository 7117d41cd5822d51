package io.codetag.examples.pagecache;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts what was left out, by reason, and remembers an example of each. Only the first reasons are told apart, so that
 * a directory full of surprises does not fill the memory or the screen.
 *
 * <p><b>Thread safety.</b> Safe.
 */
final class Skips {
    static final String OTHER = "other reasons";

    private static final int MOST_REASONS = 8;

    private final Map<String, Skipped> reasons = new LinkedHashMap<>();

    /**
     * Counts one.
     *
     * @param what what was left out
     * @param reason why, a short clause
     */
    synchronized void add(Object what, String reason) {
        final boolean told = reasons.containsKey(reason) || reasons.size() < MOST_REASONS;
        reasons.computeIfAbsent(told ? reason : OTHER, absent -> new Skipped(String.valueOf(what))).count++;
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
        return reasons.values().stream().mapToInt(skipped -> skipped.count).sum();
    }

    /** Returns how many were left out for one reason. */
    synchronized int count(String reason) {
        final Skipped skipped = reasons.get(reason);
        return skipped == null ? 0 : skipped.count;
    }

    /** Returns a line such as {@code 2: leads nowhere 1 (lib/src.zip), not permitted 1 (conf/key)}. */
    @Override
    public synchronized String toString() {
        final StringBuilder line = new StringBuilder().append(count());
        String separator = ": ";
        for (Map.Entry<String, Skipped> reason : reasons.entrySet()) {
            line.append(separator).append(reason.getKey());
            line.append(' ').append(reason.getValue().count);
            line.append(" (").append(reason.getValue().example).append(')');
            separator = ", ";
        }
        return line.toString();
    }

    private static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "gone";
        }
        if (failure instanceof AccessDeniedException) {
            return FileScan.NOT_PERMITTED;
        }
        if (failure instanceof FileSystemLoopException) {
            return "a loop of links";
        }
        final String clause = failure instanceof FileSystemException system
                ? system.getReason() // its message begins with the file, which is not the reason
                : failure.getMessage();
        return clause == null || clause.isBlank() ? failure.getClass().getSimpleName() : clause;
    }

    /** How many were left out for a reason, and the first of them. */
    private static final class Skipped {
        private final String example;
        private int count;

        Skipped(String example) {
            this.example = example;
        }
    }
}
