package io.codetag.examples.pluginhost;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what is claimed and whether it held. */
final class Claims {
    private final PrintStream out;
    private int held;
    private int failed;

    Claims(PrintStream out) {
        this.out = out;
    }

    void verify(boolean holds, String format, Object... arguments) {
        final String claim = String.format(Locale.ROOT, format, arguments);
        if (holds) {
            held++;
        } else {
            failed++;
        }
        out.println((holds ? "    ok   " : "    FAIL ") + claim);
    }

    int failed() {
        return failed;
    }

    String verdict() {
        return failed == 0
                ? "OK: all " + held + " claims were verified while the program ran"
                : "FAILED: " + failed + " of " + (held + failed) + " claims did not hold";
    }
}
