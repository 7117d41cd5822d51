package io.codetag.core;

/** How much Lincheck does: little in the default build, more in the other modes of {@code codetag.stress}. */
final class Effort {
    private static final boolean SHORT =
            System.getProperty("codetag.stress", "short").equals("short");

    private Effort() {}

    /** Returns how many scenarios are tried. */
    static int scenarios() {
        return SHORT ? 3 : 50;
    }

    /** Returns how often each is run. */
    static int invocations() {
        return SHORT ? 50 : 1_000;
    }
}
