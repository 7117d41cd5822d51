package io.codetag.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last operations of a program, for the message of a failure. */
final class Trace {
    private static final int LENGTH = 40;

    private final Deque<String> last = new ArrayDeque<>();
    private long steps;

    void add(String operation) {
        if (last.size() == LENGTH) {
            last.removeFirst();
        }
        last.addLast(operation);
    }

    void nextStep() {
        steps++;
    }

    @Override
    public String toString() {
        return "step " + steps + ", last operations:\n  " + String.join("\n  ", last);
    }
}
