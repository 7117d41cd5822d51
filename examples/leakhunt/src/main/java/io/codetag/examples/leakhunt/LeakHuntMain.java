package io.codetag.examples.leakhunt;

import io.codetag.core.AllocEntry;
import io.codetag.core.HumanBytes;
import io.codetag.core.Profiler;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Runs the server and its load.
 *
 * <p>Exit status: 0 ended well, 1 the load failed, 2 wrong arguments or a wrong setting of the profiler.
 */
public final class LeakHuntMain {
    private static final long STEP = 1000;

    private LeakHuntMain() {}

    /**
     * Runs the server.
     *
     * @param args see {@code --help}
     * @throws Exception if something fails that nobody expected
     */
    @SuppressWarnings("SystemOut") // a program for people at a terminal
    public static void main(String[] args) throws Exception {
        if (args.length == 1 && args[0].equals("--help")) {
            System.out.println(Settings.USAGE);
            return;
        }
        final Settings settings;
        try {
            settings = Settings.parse(args);
            Profiler.get();
        } catch (Settings.UsageException | IllegalArgumentException wrong) {
            System.err.println("leakhunt: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        final int status = run(settings, System.out);
        System.out.flush();
        Profiler.get().flush();
        if (settings.exit() || status != 0) {
            System.exit(status); // the threads of the HTTP client would go on for a while
        }
    }

    static int run(Settings settings, PrintStream out) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else the last bytes of an answer wait for 40 ms
        final MapServer server = new MapServer(settings);
        out.println("pid       " + ProcessHandle.current().pid());
        out.println("listening http://127.0.0.1:" + server.port() + " with /metrics and /allocinfo");
        final Thread progress = new Thread(() -> report(server, out), "progress");
        progress.setDaemon(true);
        progress.start();
        try {
            new Load(server.port(), settings.requests(), settings.rate()).run();
        } catch (ExecutionException failed) {
            out.println("the load failed: " + failed.getCause());
            server.close();
            return 1;
        }
        progress.interrupt();
        progress.join();
        out.println("quiet     after " + server.served() + " requests, " + server.subscriptions.open()
                + " subscriptions open, " + server.subscriptions.expired() + " expired");
        if (settings.exit()) {
            print(out);
            server.close();
        }
        return 0;
    }

    private static void print(PrintStream out) {
        for (AllocEntry entry : Profiler.get().snapshot().top(5).entries()) {
            out.printf(Locale.ROOT, "%9s %7d  %s%n", HumanBytes.format(entry.bytes()), entry.calls(), entry.place());
        }
    }

    /** Says how far it is, for people and for hunt.sh. */
    private static void report(MapServer server, PrintStream out) {
        boolean warm = false;
        long next = STEP;
        try {
            while (true) {
                Thread.sleep(100);
                if (!warm && server.isWarm()) {
                    warm = true;
                    out.println(
                            "warm      after " + server.served() + " requests: what is kept is as large as it gets");
                }
                if (server.served() >= next) {
                    next += STEP * ((server.served() - next) / STEP + 1);
                    out.println("served    " + server.served() + " requests, "
                            + HumanBytes.format(server.pages.allocatedBytes()) + " allocated");
                }
                out.flush();
            }
        } catch (InterruptedException ended) {
            out.flush();
        }
    }
}
