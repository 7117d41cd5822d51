package io.codetag.tools.cli;

import io.codetag.core.HumanBytes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How bytes are written. */
final class UnitOptions {
    @ArgGroup
    final Choice choice = new Choice();

    /** One of two. */
    static final class Choice {
        @Option(
                names = {"-H", "--human"},
                description = "Bytes in binary units, rounded up: 1.5K, 23M.")
        boolean human;

        @Option(names = "--exact", description = "Bytes as they are (the default).")
        boolean exact;
    }

    /** Formats live bytes; below zero they are shown as 0. */
    String bytes(long bytes) {
        return number(Math.max(0, bytes));
    }

    /** Formats live bytes in a sentence. */
    String amount(long bytes) {
        return choice.human ? bytes(bytes) : Text.count(Math.max(0, bytes), "byte", "bytes");
    }

    /** Formats a difference with its sign. */
    String difference(long bytes) {
        return (bytes > 0 ? "+" : "") + number(bytes);
    }

    private String number(long bytes) {
        return choice.human ? HumanBytes.format(bytes) : Long.toString(bytes);
    }
}
