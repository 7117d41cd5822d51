package io.codetag.examples.custombackend;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Runs a server whose page references are kept in a file, kills it, and reads the file.
 *
 * <pre>
 *   demo        all of it, with a child process that is killed; the default
 *   run DIR     the server alone; each line of its standard input makes it append to its journal, the end of it
 *               makes it end in good order
 *   read FILE   the table of who held which page
 * </pre>
 *
 * Exit status: 0 if everything was as claimed, 1 if not, 2 for wrong arguments or settings.
 */
public final class CustomBackendMain {
    private static final String USAGE = "usage: [demo | run DIR | read FILE]";

    private CustomBackendMain() {}

    /**
     * Runs one of the programs.
     *
     * @param args which one, see above
     * @throws Exception if something fails that nobody expected
     */
    @SuppressWarnings("SystemOut") // a program for people at a terminal
    public static void main(String[] args) throws Exception {
        final int status = run(args, System.out, System.err);
        System.out.flush();
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(String[] args, PrintStream out, PrintStream err) throws Exception {
        final String mode = args.length == 0 ? "demo" : args[0];
        if (mode.equals("demo") && args.length <= 1) {
            return new Demo(out).run();
        }
        if (mode.equals("run") && args.length == 2) {
            return serve(Path.of(args[1]), out, err);
        }
        if (mode.equals("read") && args.length == 2) {
            return read(Path.of(args[1]), out, err);
        }
        err.println(USAGE);
        return 2;
    }

    private static int serve(Path directory, PrintStream out, PrintStream err) throws Exception {
        try {
            MessageServer.run(directory, out, System.in);
            return 0;
        } catch (IllegalArgumentException refused) { // a setting, or a backend that is not there or cannot serve
            err.println(refused.getMessage());
            return 2;
        }
    }

    private static int read(Path file, PrintStream out, PrintStream err) {
        try {
            PostMortem.read(file).print(out);
            return 0;
        } catch (NoSuchFileException missing) {
            err.println(file + " does not exist");
            return 1;
        } catch (IOException failure) {
            err.println(failure.getMessage());
            return 1;
        }
    }
}
