package io.codetag.tools.cli;

import io.codetag.core.PlaceText;
import io.codetag.tools.report.ReportException;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How commands end. */
final class ExitStatus {
    static final int OK = 0;
    static final int FOUND = 1;
    static final int BAD_INPUT = 2;
    static final int DEFECT = 3;

    /** For the footer of every command. */
    static final String HELP = "Exit status: 0 done, 2 bad input or usage, 3 a defect of this program.";

    private ExitStatus() {}

    /** Has a command line end as it should, whatever is thrown. */
    static void install(CommandLine commandLine, PrintStream err) {
        commandLine.setParameterExceptionHandler((wrong, args) -> usage(wrong, err));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, err));
    }

    private static int usage(ParameterException wrong, PrintStream err) {
        final CommandLine command = wrong.getCommandLine();
        tell(err, wrong.getMessage() + "; see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return BAD_INPUT;
    }

    private static int failed(Exception failure, PrintStream err) {
        if (failure instanceof StandardOutput.OutputClosedException closed && closed.isReaderGone()) {
            return OK;
        }
        if (failure instanceof ReportException || failure instanceof IOException) {
            final String message = failure.getMessage();
            tell(err, message == null ? failure.toString() : message);
            return BAD_INPUT;
        }
        err.println("allocinfo: this is a defect, please report it:");
        failure.printStackTrace(err);
        return DEFECT;
    }

    /** Writes a message as one line, of which a terminal obeys nothing: what others say in it may be anything. */
    static void tell(PrintStream err, String message) {
        final StringBuilder line = new StringBuilder("allocinfo: ");
        message.strip().replaceAll("\\R\\s*", " ").codePoints().forEach(character -> {
            final String text = Character.toString(character);
            line.append(character == ' ' || character == '\\' ? text : PlaceText.escape(text));
        });
        err.println(line);
    }
}
