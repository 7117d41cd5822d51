package io.codetag.tools;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code allocinfo}.
 *
 * @since 0.1
 */
@Command(
        name = "allocinfo",
        description = "Tells which line of code holds the memory a program manages itself.",
        mixinStandardHelpOptions = true)
public final class AllocInfoMain {
    private AllocInfoMain() {}

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new AllocInfoMain()).execute(args));
    }
}
