package io.codetag.core;

/** What backends throw, as text. */
final class Failures {
    private Failures() {}

    /** Returns a failure with its message; only its type if it cannot say that: both are foreign code. */
    static String describe(Throwable failure) {
        try {
            return String.valueOf(failure);
        } catch (RuntimeException | Error again) {
            return failure.getClass().getName();
        }
    }
}
