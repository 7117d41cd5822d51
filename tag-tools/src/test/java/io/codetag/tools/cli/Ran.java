package io.codetag.tools.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command that ran to its end in this JVM.
 *
 * @param status its exit status
 * @param bytes what it wrote to standard output
 * @param err what it wrote to standard error
 */
@SuppressWarnings("ArrayRecordComponent")
public record Ran(int status, byte[] bytes, String err) {
    /** Runs a command; arguments may be paths and numbers, too. */
    public static Ran allocinfo(Object... args) {
        return with("", args);
    }

    /** Runs a command with something on standard input. */
    public static Ran with(String in, Object... args) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int status = Commands.run(
                new Streams(
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                Stream.of(args).map(String::valueOf).toArray(String[]::new));
        return new Ran(status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** Returns standard output; the command has to have ended well and without a word. */
    public String out() {
        if (status != 0 || !err.isEmpty()) {
            throw new AssertionError(this);
        }
        return text();
    }

    public List<String> lines() {
        return out().lines().toList();
    }

    /** Returns the one line of a refusal, without the name of the command. */
    public String refusal() {
        final List<String> lines = err.lines().toList();
        if (status != 2 || bytes.length > 0 || lines.size() != 1 || !err.startsWith("allocinfo: ")) {
            throw new AssertionError(this);
        }
        return lines.get(0).substring("allocinfo: ".length());
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "status " + status + "\nout: " + text() + "\nerr: " + err;
    }
}
