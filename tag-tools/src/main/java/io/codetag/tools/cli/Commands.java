package io.codetag.tools.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code allocinfo} with all its subcommands. */
@Command(
        name = "allocinfo",
        description = "Tells which line of code holds the memory a program manages itself.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = HelpCommand.class,
        footer = {
            "",
            "Every command reads a running JVM (by process id or JMX), a saved report (text, JSON, series,",
            "recording), standard input, or the kernel's /proc/allocinfo.",
            "'allocinfo COMMAND --help' shows examples.",
            ExitStatus.HELP
        })
public final class Commands {
    private Commands() {}

    /**
     * Runs the command.
     *
     * @param streams what it reads and writes beside files
     * @param args the arguments
     * @return its exit status
     */
    public static int run(Streams streams, String... args) {
        final PrintWriter out = new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8));
        final CommandLine commandLine = new CommandLine(new Commands());
        for (Object command : all(streams)) {
            final CommandLine each = new CommandLine(command);
            each.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
            commandLine.addSubcommand(each);
        }
        commandLine.setOut(out);
        commandLine.setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
        commandLine.setUsageHelpWidth(100);
        commandLine.setExpandAtFiles(false); // a source may be called @home
        ExitStatus.install(commandLine, streams.err());
        final int status = commandLine.execute(args);
        out.flush();
        return status;
    }

    private static Object[] all(Streams streams) {
        return new Object[] {
            new ShowCommand(streams),
            new DiffCommand(streams),
            new ConvertCommand(streams),
            new WatchCommand(streams),
            new TopCommand(streams),
            new LeaksCommand(streams),
            new ReportCommand(streams),
            new ServeCommand(streams)
        };
    }
}
