package io.codetag.tools;

import io.codetag.tools.cli.Commands;
import io.codetag.tools.cli.Streams;

/**
 * The command {@code allocinfo}.
 *
 * @since 0.1
 */
public final class AllocInfoMain {
    private AllocInfoMain() {}

    /**
     * Runs the command and ends the process with its exit status: 0 if it did what was asked, 1 if it found something and was
     * asked to say so by its status, 2 for bad input.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        System.exit(Commands.run(Streams.ofProcess(), args));
    }
}
